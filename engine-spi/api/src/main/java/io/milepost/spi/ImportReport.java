package io.milepost.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a contact import went.
 *
 * @param connection where the contacts came from
 * @param file null = no file
 * @param total rows read: {@code valid + invalid}
 * @param errors may tell fewer rows than {@code invalid}
 * @param connectionError for people; null = the connection held
 * @since 0.1
 */
public record ImportReport(
        String importId,
        String connection,
        @Nullable String file,
        long total,
        long valid,
        long invalid,
        List<RowError> errors,
        @Nullable String connectionError) {
    public ImportReport {
        Checks.id("importId", importId);
        Checks.id("connection", connection);
        Checks.optionalText("file", file);
        Checks.atLeast("valid", 0, valid);
        Checks.atLeast("invalid", 0, invalid);
        if (total != valid + invalid) {
            throw new IllegalArgumentException("total must be valid + invalid");
        }
        errors = List.copyOf(Checks.present("errors", errors));
        Checks.optionalText("connectionError", connectionError);
    }

    /**
     * A row that was turned away.
     *
     * @param row from 1, by the file's own count
     * @param reason for people and machines, e.g. {@code invalid-email}
     * @since 0.1
     */
    public record RowError(long row, String reason) {
        public RowError {
            Checks.atLeast("errors.row", 0, row);
            Checks.text("errors.reason", reason);
        }
    }
}
