package io.milepost.analytics.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8: a header, then a line a row, times in RFC 3339. A text that a spreadsheet could take for a formula
 * gets an apostrophe in front.
 *
 * @param separator between cells
 * @param mark whether a byte order mark goes first
 */
public record CsvFile(char separator, boolean mark) implements FileFormat {

    private static final String END_OF_LINE = "\r\n";

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public String mediaType() {
        return "text/csv;charset=utf-8";
    }

    @Override
    public <R> void write(Download<R> download, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
        List<ExportTable.Column<R>> columns = download.table().columns();
        if (mark) {
            writer.write('\uFEFF');
        }
        for (int i = 0; i < columns.size(); i++) {
            cell(writer, i, columns.get(i).title());
        }
        writer.write(END_OF_LINE);
        // The reader sees that something comes before the rows are found.
        writer.flush();
        for (Iterator<R> rows = download.rows().get().from().apply(0); rows.hasNext(); ) {
            R row = rows.next();
            for (int i = 0; i < columns.size(); i++) {
                cell(writer, i, text(columns.get(i).value().apply(row), download.zone()));
            }
            writer.write(END_OF_LINE);
        }
        writer.flush();
    }

    private void cell(Writer writer, int place, String text) throws IOException {
        if (place > 0) {
            writer.write(separator);
        }
        if (needsQuotes(text)) {
            writer.write('"');
            writer.write(text.replace("\"", "\"\""));
            writer.write('"');
        } else {
            writer.write(text);
        }
    }

    private boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }

    private static String text(@Nullable Object value, ZoneId zone) {
        if (value == null) {
            return "";
        }
        if (value instanceof Instant instant) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
        }
        if (value instanceof Number number) {
            return plain(number);
        }
        String text = value.toString();
        return Formulas.mayBe(text) ? "'" + text : text;
    }

    private static String plain(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return number.toString();
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : NumberText.of(exact.stripTrailingZeros());
    }
}
