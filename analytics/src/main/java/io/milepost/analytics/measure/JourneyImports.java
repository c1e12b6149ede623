package io.milepost.analytics.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the imports of a journey's people went. Any number of threads. */
public interface JourneyImports {

    /**
     * The imports that finished in the range, by time, then by id; of several events about one import the latest counts.
     *
     * @param from included; null = from the first on
     * @param to excluded; null = up to the last
     */
    List<Finished> imports(String journeyId, @Nullable Instant from, @Nullable Instant to);

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Import", description = "An import as it finished. Total = valid + invalid.")
    record Finished(
            @Schema(description = "The import's id.", example = "import-1") String importId,
            @Schema(description = "When it finished.", example = "2026-03-02T10:15:30Z") Instant time,
            @Schema(description = "Where the file came from.", example = "sftp-eu") String connection,
            @Schema(description = "What was wrong with the connection; null: nothing.", example = "timeout") @Nullable
                    String connectionError,
            @Schema(description = "Name of the file.", example = "contacts-2026-03-02.csv") @Nullable String file,
            @Schema(description = "Rows of the file.", example = "1000") long total,
            @Schema(description = "Rows that could be used.", example = "990") long valid,
            @Schema(description = "Rows that could not.", example = "10") long invalid,
            @Schema(description = "Why, row by row, as far as the engine told.") List<InvalidRow> errors) {}

    @Schema(name = "InvalidRow", description = "A row that could not be used, and why.")
    record InvalidRow(
            @Schema(description = "Its number in the file.", example = "17") long row,
            @Schema(description = "Why.", example = "invalid-phone") String reason) {}
}
