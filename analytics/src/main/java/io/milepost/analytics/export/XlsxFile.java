package io.milepost.analytics.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.DeferredSXSSFSheet;
import org.apache.poi.xssf.streaming.DeferredSXSSFWorkbook;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/**
 * Office Open XML, written as it goes, without a file in between. Times and numbers are typed; a number that a cell
 * cannot hold exactly, and a time before 1900, stay text. The header is frozen and filters; a last sheet says what the
 * table is. What has more rows than a sheet goes on in further sheets.
 *
 * @param rowsOfSheet the most rows of one sheet, its header among them
 */
public record XlsxFile(int rowsOfSheet) implements FileFormat {

    public static final int MOST_ROWS = 1_048_576;

    /** In characters. */
    private static final int WIDEST_COLUMN = 255;

    public XlsxFile() {
        this(MOST_ROWS);
    }

    /** Writes a book for nobody: the first one of a process loads a thousand classes, which takes a second. */
    public static void warmUp() throws IOException {
        ExportTable<String> table = new ExportTable<String>().with("text", text -> text);
        new XlsxFile()
                .write(
                        new Download<>(
                                "none", ZoneOffset.UTC, List.of(), table, () -> Download.Rows.of(List.of("text"))),
                        OutputStream.nullOutputStream());
    }

    @Override
    public String ending() {
        return "xlsx";
    }

    @Override
    public String mediaType() {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }

    @Override
    public <R> void write(Download<R> download, OutputStream out) throws IOException {
        Download.Rows<R> rows = download.rows().get();
        try (DeferredSXSSFWorkbook book = new QuickBook()) {
            Styles styles = new Styles(book);
            int ofRows = rowsOfSheet - 1;
            int sheets = Math.max(1, (int) (((long) rows.count() + ofRows - 1) / ofRows));
            for (int i = 0; i < sheets; i++) {
                int first = i * ofRows;
                boolean last = i == sheets - 1;
                // Rows may have come since they were counted.
                int here = last ? ofRows : Math.min(ofRows, rows.count() - first);
                DeferredSXSSFSheet sheet = book.createSheet(i == 0 ? "Rows" : "Rows " + (i + 1));
                dress(sheet, download.table().columns(), Math.min(ofRows, rows.count() - first));
                // Sheets are written in no order one can count on: each begins at its own place.
                sheet.setRowGenerator(target -> {
                    // The reader sees that something comes before the rows are found.
                    out.flush();
                    fill(target, download, rows.from().apply(first), here, styles);
                });
            }
            about(book, download, styles);
            // The workbook would close the stream, which is not its own.
            book.writeAvoidingTempFiles(new KeptOpen(out));
        }
        out.flush();
    }

    private static <R> void dress(DeferredSXSSFSheet sheet, List<ExportTable.Column<R>> columns, int rows) {
        sheet.createFreezePane(0, 1);
        sheet.setAutoFilter(new CellRangeAddress(0, rows, 0, columns.size() - 1));
        for (int i = 0; i < columns.size(); i++) {
            int characters = columns.get(i).title().length() + 4;
            sheet.setColumnWidth(i, 256 * Math.min(Math.max(14, characters), WIDEST_COLUMN));
        }
    }

    private static <R> void fill(SXSSFSheet sheet, Download<R> download, Iterator<R> each, int rows, Styles styles) {
        List<ExportTable.Column<R>> columns = download.table().columns();
        Row header = sheet.createRow(0);
        for (int i = 0; i < columns.size(); i++) {
            styles.title(header.createCell(i), columns.get(i).title());
        }
        for (int number = 1; number <= rows && each.hasNext(); number++) {
            R from = each.next();
            Row row = sheet.createRow(number);
            for (int i = 0; i < columns.size(); i++) {
                Object value = columns.get(i).value().apply(from);
                if (value != null) {
                    styles.fill(row.createCell(i), value, download.zone());
                }
            }
        }
    }

    private static void about(DeferredSXSSFWorkbook book, Download<?> download, Styles styles) {
        DeferredSXSSFSheet sheet = book.createSheet("About");
        sheet.setColumnWidth(0, 256 * 20);
        sheet.setColumnWidth(1, 256 * 80);
        sheet.setRowGenerator(target -> {
            int number = 0;
            for (Download.Fact fact : download.about()) {
                Row row = target.createRow(number++);
                styles.title(row.createCell(0), fact.title());
                styles.fill(row.createCell(1), fact.value(), download.zone());
            }
        });
    }

    /** Packs lightly: sheets of text shrink to a tenth even so, and packing is half of the work. */
    private static final class QuickBook extends DeferredSXSSFWorkbook {

        @Override
        protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
            ZipArchiveOutputStream archive = super.createArchiveOutputStream(out);
            archive.setLevel(Deflater.BEST_SPEED);
            return archive;
        }
    }

    /** The few looks that cells have. */
    private static final class Styles {

        private static final int LONGEST_TEXT = 32_767;
        private static final int DIGITS_KEPT = 15;
        private static final long LEAST_INEXACT = 1_000_000_000_000_000L;
        private static final long DAYS_TO_1970 = 25_569;
        private static final long NANOS_A_DAY = Duration.ofDays(1).toNanos();
        private static final Instant FIRST_TIME = Instant.parse("1900-03-02T00:00:00Z");
        private static final Instant LAST_TIME = Instant.parse("9999-12-30T00:00:00Z");

        private final CellStyle plain;
        private final CellStyle header;
        private final CellStyle time;
        private final CellStyle onlyText;

        Styles(DeferredSXSSFWorkbook book) {
            // A cell without a style asks the column for one, which takes as long as all else about it.
            plain = book.getCellStyleAt(0);
            header = book.createCellStyle();
            Font bold = book.createFont();
            bold.setBold(true);
            header.setFont(bold);
            time = book.createCellStyle();
            time.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd hh:mm:ss.000"));
            onlyText = book.createCellStyle();
            onlyText.setQuotePrefixed(true);
        }

        void fill(Cell cell, Object value, ZoneId zone) {
            if (value instanceof Instant instant && !instant.isBefore(FIRST_TIME) && instant.isBefore(LAST_TIME)) {
                cell.setCellValue(serial(instant.atZone(zone).toLocalDateTime()));
                cell.setCellStyle(time);
            } else if (value instanceof Number number && isExact(number)) {
                cell.setCellValue(number.doubleValue());
                cell.setCellStyle(plain);
            } else {
                text(cell, value instanceof Number number ? plain(number) : value.toString());
            }
        }

        /** Titles of columns may have names in them that engines gave. */
        void title(Cell cell, String text) {
            cell.setCellValue(escaped(kept(text)));
            cell.setCellStyle(header);
        }

        private void text(Cell cell, String text) {
            cell.setCellValue(escaped(kept(text)));
            cell.setCellStyle(Formulas.mayBe(text) ? onlyText : plain);
        }

        private static String kept(String text) {
            return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
        }

        /** The format reads {@code _x0041_} as an escape: where a text has one of its own, its underscore is escaped. */
        private static String escaped(String text) {
            return text.indexOf("_x") < 0 ? text : text.replaceAll("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_");
        }

        /** Days since the end of 1899, as the format counts them from March 1900 on. */
        private static double serial(LocalDateTime time) {
            return time.toLocalDate().toEpochDay()
                    + DAYS_TO_1970
                    + time.toLocalTime().toNanoOfDay() / (double) NANOS_A_DAY;
        }

        private static boolean isExact(Number number) {
            if (number instanceof Long whole) {
                return Math.abs(whole) < LEAST_INEXACT;
            }
            return number instanceof Double
                    || number instanceof Integer
                    || decimal(number).precision() <= DIGITS_KEPT && isInRange(number.doubleValue(), decimal(number));
        }

        private static boolean isInRange(double number, BigDecimal exact) {
            return Double.isFinite(number) && (number != 0 || exact.signum() == 0);
        }

        private static String plain(Number number) {
            return NumberText.of(decimal(number));
        }

        private static BigDecimal decimal(Number number) {
            return new BigDecimal(number.toString());
        }
    }

    /** Hears of the end of the workbook without ending. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
