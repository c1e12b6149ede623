package io.milepost.analytics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.export.Download.Fact;
import io.milepost.analytics.export.Download.Rows;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One declaration of columns, read back from both formats. */
class FilesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-03-02T11:00:00.123Z");

    private record Line(@Nullable String name, @Nullable Object value, @Nullable Instant time) {}

    private static final ExportTable<Line> TABLE = new ExportTable<Line>()
            .with("name", Line::name)
            .with("value", Line::value)
            .with("time", Line::time);

    private static Download<Line> download(ZoneId zone, List<Line> lines) {
        return new Download<>(
                "a", zone, List.of(new Fact("List", "=entries"), new Fact("Rows", 3L)), TABLE, () -> Rows.of(lines));
    }

    private static String csv(CsvFile format, Line... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(download(ZoneOffset.UTC, List.of(lines)), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static XSSFWorkbook xlsx(XlsxFile format, ZoneId zone, List<Line> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(download(zone, lines), out);
        return new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void csvQuotesWhatNeedsItAndEndsLinesAsTheStandardSays() throws IOException {
        assertThat(csv(new CsvFile(',', false), new Line("a,\"b\"\nc", 5L, NOON), new Line(null, null, null)))
                .isEqualTo("name,value,time\r\n\"a,\"\"b\"\"\nc\",5,2026-03-02T11:00:00.123Z\r\n,,\r\n");
    }

    @Test
    void csvTakesAnotherSeparatorAndAMark() throws IOException {
        assertThat(csv(new CsvFile(';', true), new Line("a,b;c", new BigDecimal("1E+3"), null)))
                .isEqualTo("\uFEFFname;value;time\r\n\"a,b;c\";1000;\r\n");
    }

    @Test
    void noTextBecomesAFormulaInCsvAndNumbersStayNumbers() throws IOException {
        for (String hostile : List.of("=1+1", "+1", "-1", "@x", "\tx", "\r=1", "＝1", "＋1", "－1", "＠x", " =1", "﹣1")) {
            String line =
                    csv(new CsvFile('|', false), new Line(hostile, -5L, null)).split("\r\n", 2)[1];
            assertThat(line.startsWith("'" + hostile) || line.startsWith("\"'" + hostile))
                    .as(line)
                    .isTrue();
            assertThat(line).contains("|-5|");
        }
        assertThat(csv(new CsvFile(',', false), new Line("a=1", null, null))).contains("\r\na=1,");
    }

    @Test
    void theReaderSeesSomethingBeforeTheRowsAreFound() throws IOException {
        for (FileFormat format : List.of(new CsvFile(',', false), new XlsxFile())) {
            List<Integer> seen = new ArrayList<>();
            ByteArrayOutputStream reader = new ByteArrayOutputStream();
            // Keeps what is written until it is flushed.
            BufferedOutputStream out = new BufferedOutputStream(reader, 1 << 20);
            Rows<Line> rows = new Rows<>(1, first -> {
                seen.add(reader.size());
                return List.of(new Line("a", 1L, null)).iterator();
            });
            format.write(new Download<>("a", ZoneOffset.UTC, List.of(), TABLE, () -> rows), out);

            assertThat(seen).as(format.ending()).hasSize(1).allMatch(bytes -> bytes > 0);
        }
    }

    @Test
    void xlsxTypesTimesAndNumbers() throws IOException {
        try (XSSFWorkbook book = xlsx(new XlsxFile(), BERLIN, List.of(new Line("a", new BigDecimal("12.34"), NOON)))) {
            Row row = book.getSheetAt(0).getRow(1);
            assertThat(row.getCell(0).getStringCellValue()).isEqualTo("a");
            assertThat(row.getCell(1).getNumericCellValue()).isEqualTo(12.34);
            assertThat(DateUtil.isCellDateFormatted(row.getCell(2))).isTrue();
            assertThat(row.getCell(2).getLocalDateTimeCellValue())
                    .isEqualTo(LocalDateTime.parse("2026-03-02T12:00:00.123"));
        }
    }

    @Test
    void xlsxKeepsAsTextWhatACellCannotHold() throws IOException {
        List<Line> lines = List.of(
                new Line("_x0041_", new BigDecimal("12345678901234567890.5"), Instant.parse("1850-01-01T00:00:00Z")),
                new Line("x".repeat(40_000), "7", null));
        try (XSSFWorkbook book = xlsx(new XlsxFile(), ZoneOffset.UTC, lines)) {
            Row row = book.getSheetAt(0).getRow(1);
            assertThat(row.getCell(0).getStringCellValue()).isEqualTo("_x0041_");
            assertThat(row.getCell(1).getStringCellValue()).isEqualTo("12345678901234567890.5");
            assertThat(row.getCell(2).getStringCellValue()).isEqualTo("1850-01-01T00:00:00Z");
            assertThat(book.getSheetAt(0).getRow(2).getCell(0).getStringCellValue())
                    .hasSize(32_767)
                    .endsWith("…");
            assertThat(book.getSheetAt(0).getRow(2).getCell(1).getCellType()).isEqualTo(CellType.STRING);
        }
    }

    /** In full it would have a billion digits. */
    @Test
    void aNumberOfAnyExponentStaysBearable() throws IOException {
        Line large = new Line("a", new BigDecimal("1E+999999999"), null);
        Line small = new Line("b", new BigDecimal("-2.5E-999999999"), null);

        assertThat(csv(new CsvFile(',', false), large, small))
                .isEqualTo("name,value,time\r\na,1E+999999999,\r\nb,-2.5E-999999999,\r\n");
        try (XSSFWorkbook book = xlsx(new XlsxFile(), BERLIN, List.of(large, small))) {
            assertThat(book.getSheetAt(0).getRow(1).getCell(1).getStringCellValue())
                    .isEqualTo("1E+999999999");
            assertThat(book.getSheetAt(0).getRow(2).getCell(1).getStringCellValue())
                    .isEqualTo("-2.5E-999999999");
        }
    }

    @Test
    void noTextBecomesAFormulaInXlsx() throws IOException {
        try (XSSFWorkbook book =
                xlsx(new XlsxFile(), ZoneOffset.UTC, List.of(new Line("=HYPERLINK(\"x\")", "＝1", null)))) {
            for (int i = 0; i < 2; i++) {
                XSSFCell cell = book.getSheetAt(0).getRow(1).getCell(i);
                assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
                assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
            }
            assertThat(book.getSheetAt(0).getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo("=HYPERLINK(\"x\")");
            assertThat(book.getSheet("About").getRow(0).getCell(1).getCellType())
                    .isEqualTo(CellType.STRING);
        }
    }

    @Test
    void theHeaderIsFrozenAndFiltersAndAboutSaysWhatItIs() throws IOException {
        try (XSSFWorkbook book = xlsx(new XlsxFile(), ZoneOffset.UTC, List.of(new Line("a", 1L, NOON)))) {
            XSSFSheet sheet = book.getSheetAt(0);
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:C2");
            assertThat(sheet.getRow(0).getCell(0).getStringCellValue()).isEqualTo("name");
            assertThat(book.getSheet("About").getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo("Rows");
            assertThat(book.getSheet("About").getRow(1).getCell(1).getNumericCellValue())
                    .isEqualTo(3);
        }
    }

    @Test
    void moreRowsThanASheetHoldsGoOnInTheNext() throws IOException {
        List<Line> lines = IntStream.range(0, 25)
                .mapToObj(i -> new Line("row " + i, (long) i, null))
                .toList();
        try (XSSFWorkbook book = xlsx(new XlsxFile(11), ZoneOffset.UTC, lines)) {
            assertThat(book.getNumberOfSheets()).isEqualTo(4);
            List<String> names = new ArrayList<>();
            for (int sheet = 0; sheet < 3; sheet++) {
                for (Row row : book.getSheetAt(sheet)) {
                    if (row.getRowNum() > 0) {
                        names.add(row.getCell(0).getStringCellValue());
                    }
                }
            }
            assertThat(names).isEqualTo(lines.stream().map(Line::name).toList());
        }
    }

    @Test
    void anEmptyTableHasItsHeader() throws IOException {
        assertThat(csv(new CsvFile(',', false))).isEqualTo("name,value,time\r\n");
        try (XSSFWorkbook book = xlsx(new XlsxFile(), ZoneOffset.UTC, List.of())) {
            assertThat(book.getSheetAt(0).getLastRowNum()).isZero();
        }
    }

    @Test
    void titlesOfColumnsMayBeOfAnyLength() throws IOException {
        String longest = "outcomes." + "x".repeat(40_000) + ".count";
        ExportTable<Line> table =
                new ExportTable<Line>().with(longest, Line::name).with("outcomes._x0041_.count", Line::name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new XlsxFile().write(new Download<>("a", BERLIN, List.of(), table, () -> Rows.of(List.of())), out);

        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            Row header = book.getSheetAt(0).getRow(0);
            assertThat(header.getCell(0).getStringCellValue())
                    .startsWith("outcomes.xxx")
                    .endsWith("…")
                    .hasSize(32_767);
            assertThat(header.getCell(1).getStringCellValue()).isEqualTo("outcomes._x0041_.count");
        }
    }

    @Test
    void fileNamesAreSafe() {
        Download<Line> download = new Download<>(
                "../a b/\"ü\"\r\n;x-entries-2026", ZoneOffset.UTC, List.of(), TABLE, () -> Rows.of(List.of()));
        assertThat(download.fileName("csv")).isEqualTo("a-b-ü-x-entries-2026.csv");
        assertThat(new Download<>("///", ZoneOffset.UTC, List.of(), TABLE, () -> Rows.of(List.of())).fileName("csv"))
                .isEqualTo("export.csv");
    }
}
