package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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
            @Nullable String phase) {}

    private final Path file;
    private final Columns columns;
    private final char separator;
    private final Times times;

    /** @param zone of times without an offset */
    public CsvLog(Path file, Columns columns, char separator, ZoneId zone) {
        this.file = file;
        this.columns = columns;
        this.separator = separator;
        this.times = new Times(zone);
    }

    /** @throws LogException with the line, if a row cannot be read */
    public List<LogRow> read() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (Reader in = new InputStreamReader(LogFile.open(file), StandardCharsets.UTF_8);
                CSVParser parser = format.parse(in)) {
            List<LogRow> rows = new ArrayList<>();
            for (CSVRecord row : parser) {
                rows.add(row(row, parser.getHeaderNames()));
            }
            return rows;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new LogException(file + ": is no CSV: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LogException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private LogRow row(CSVRecord row, List<String> header) {
        String caseId = value(row, header, columns.caseId);
        return new LogRow(
                caseId,
                columns.user == null ? caseId : value(row, header, columns.user),
                value(row, header, columns.activity),
                time(row, value(row, header, columns.time)),
                columns.run == null ? null : value(row, header, columns.run),
                columns.phase == null ? null : phase(row, value(row, header, columns.phase)));
    }

    private String value(CSVRecord row, List<String> header, String column) {
        if (!header.contains(column)) {
            throw new LogException(file + ": has no column '" + column + "'; it has " + header);
        }
        if (!row.isSet(column) || row.get(column).isBlank()) {
            throw new LogException(place(row) + "the column '" + column + "' is empty");
        }
        return row.get(column).strip();
    }

    private Instant time(CSVRecord row, String text) {
        try {
            return times.read(text);
        } catch (DateTimeException e) {
            throw new LogException(place(row) + "'" + text + "' is no time; expected is ISO 8601", e);
        }
    }

    private Phase phase(CSVRecord row, String text) {
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
