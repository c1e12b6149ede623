package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/** A CSV file with a line of column names. */
public final class CsvLog {

    /**
     * Names of columns.
     *
     * @param user null = the case is the user
     * @param run tells the runs of an activity apart; null = none does
     * @param phase {@code start} or {@code complete}; null = one row for each activity
     */
    public record Columns(
            String caseId,
            String activity,
            String time,
            @Nullable String user,
            @Nullable String run,
            @Nullable String phase) {
        private List<String> named() {
            return Stream.of(caseId, activity, time, user, run, phase)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private final Path file;
    private final Columns columns;
    private final char separator;
    private final Charset charset;
    private final Times times;

    public CsvLog(Path file, Columns columns, char separator, Charset charset, Times times) {
        this.file = file;
        this.columns = columns;
        this.separator = separator;
        this.charset = charset;
        this.times = times;
    }

    /** @throws LogException with the row, if one cannot be read */
    public List<LogRow> read() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
                .get();
        try (Reader in = LogFile.read(file, charset);
                CSVParser parser = format.parse(in)) {
            check(parser.getHeaderNames());
            List<LogRow> rows = new ArrayList<>();
            for (CSVRecord row : parser) {
                if (isBlank(row)) {
                    continue;
                }
                if (columns.phase == null || !LogRow.isInBetween(cell(row, columns.phase))) {
                    rows.add(row(row));
                }
            }
            return rows;
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            throw cause instanceof CharacterCodingException || cause instanceof EOFException
                    ? LogFile.unreadable(file, charset, cause)
                    : noCsv(cause);
        } catch (IllegalStateException e) {
            throw noCsv(e);
        } catch (IOException e) {
            throw LogFile.unreadable(file, charset, e);
        }
    }

    private LogException noCsv(Exception e) {
        return new LogException(
                file + ": is no CSV: " + e.getMessage() + "; a cell with quotes begins and ends with one", e);
    }

    private void check(List<String> header) {
        if (header.isEmpty()) {
            throw new LogException(file + ": is empty; expected is a line of column names, and rows");
        }
        for (String column : columns.named()) {
            if (!header.contains(column)) {
                throw new LogException(file + ": has no column '" + column + "'; it has " + header + hint(header));
            }
            if (Collections.frequency(header, column) > 1) {
                throw new LogException(file + ": has several columns '" + column + "'; give them names of their own");
            }
        }
    }

    private static String hint(List<String> header) {
        for (String other : List.of(";", "\t", "|", ",")) {
            if (header.size() == 1 && header.get(0).contains(other)) {
                String shown = other.equals("\t") ? "$'\\t'" : "'" + other + "'";
                return "; is the separator another? Say --separator " + shown;
            }
        }
        return "; say which they are with --case, --activity and --time";
    }

    private LogRow row(CSVRecord row) {
        String caseId = value(row, columns.caseId);
        try {
            return new LogRow(
                    caseId,
                    columns.user == null ? caseId : value(row, columns.user),
                    value(row, columns.activity),
                    time(row, value(row, columns.time)),
                    columns.run == null ? null : cell(row, columns.run),
                    columns.phase == null ? null : phase(row, cell(row, columns.phase)));
        } catch (IllegalArgumentException e) {
            throw new LogException(place(row) + e.getMessage(), e);
        }
    }

    private String value(CSVRecord row, String column) {
        String cell = cell(row, column);
        if (cell == null) {
            throw new LogException(
                    place(row) + "the column '" + column + "' is empty; fill it in, or leave the row out of the file");
        }
        return cell;
    }

    /** Programs that write tables leave such rows behind. */
    private static boolean isBlank(CSVRecord row) {
        return row.stream().allMatch(String::isBlank);
    }

    /** Null where it is empty. */
    private static @Nullable String cell(CSVRecord row, String column) {
        return !row.isSet(column) || row.get(column).isBlank()
                ? null
                : row.get(column).strip();
    }

    private Instant time(CSVRecord row, String text) {
        try {
            return times.read(text);
        } catch (DateTimeException e) {
            throw new LogException(place(row) + "'" + text + "' is no time; expected is " + times.expected(), e);
        }
    }

    private @Nullable Phase phase(CSVRecord row, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "start" -> Phase.START;
            case "complete" -> Phase.COMPLETE;
            default -> throw new LogException(place(row) + "'" + text + "' is no phase; expected is start or complete");
        };
    }

    private String place(CSVRecord row) {
        return file + ": row " + row.getRecordNumber() + ": ";
    }
}
