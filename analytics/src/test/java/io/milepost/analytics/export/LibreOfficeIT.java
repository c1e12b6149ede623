package io.milepost.analytics.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as LibreOffice reads them; skipped, aloud, where there is no {@code soffice}. */
class LibreOfficeIT {

    private static final Instant TIME = Instant.parse("2026-03-02T10:15:30.250Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Line(String name, @Nullable Object value, @Nullable Instant time) {}

    private static final ExportTable<Line> TABLE = new ExportTable<Line>()
            .with("name", Line::name)
            .with("value", Line::value)
            .with("time", Line::time);

    @Test
    void opensABookOfSeveralSheetsAsItWasWritten() throws Exception {
        write(
                new XlsxFile(3),
                List.of(
                        new Line("=1+1", new BigDecimal("12.5"), TIME),
                        new Line("a \"b\", c", 7L, null),
                        new Line("＝ü", null, TIME)));

        convert("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1");

        assertThat(lines("-Rows"))
                .containsExactly("name,value,time", "=1+1,12.5,2026-03-02 10:15:30.250", "\"a \"\"b\"\", c\",7,");
        assertThat(lines("-Rows 2")).containsExactly("name,value,time", "＝ü,,2026-03-02 10:15:30.250");
        assertThat(lines("-About")).containsExactly("List,entries");
    }

    @Test
    void opensCsvWithoutTakingATextForAFormula() throws Exception {
        write(new CsvFile(',', true), List.of(new Line("=1+1", 5L, null), new Line("@x", -5L, null)));

        convert("csv", "xlsx");

        try (XSSFWorkbook book =
                new XSSFWorkbook(Files.newInputStream(folder.resolve("out").resolve("file.xlsx")))) {
            List<String> cells = new ArrayList<>();
            book.getSheetAt(0).forEach(row -> row.forEach(cell -> cells.add(cell.getCellType() + " " + cell)));
            assertThat(cells)
                    .contains("STRING '=1+1", "NUMERIC 5.0", "STRING '@x", "NUMERIC -5.0")
                    .noneMatch(cell -> cell.startsWith("FORMULA"));
        }
    }

    private void write(FileFormat format, List<Line> lines) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("file." + format.ending()))) {
            format.write(
                    new Download<>(
                            "a",
                            ZoneOffset.UTC,
                            List.of(new Download.Fact("List", "entries")),
                            TABLE,
                            () -> Download.Rows.of(lines)),
                    out);
        }
    }

    private void convert(String from, String to) throws IOException, InterruptedException {
        Process office;
        try {
            office = new ProcessBuilder(
                            "soffice",
                            "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                            "--headless",
                            "--convert-to",
                            to,
                            "--outdir",
                            folder.resolve("out").toString(),
                            folder.resolve("file." + from).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("office.log").toFile())
                    .start();
        } catch (IOException e) {
            throw Assumptions.<RuntimeException>abort(
                    "no LibreOffice here, so nobody looked at the files: " + e.getMessage());
        }
        assertThat(office.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(office.exitValue())
                .as(Files.readString(folder.resolve("office.log")))
                .isZero();
    }

    /** Of the converted sheet of that name. */
    private List<String> lines(String sheet) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            Path file = files.filter(path -> path.getFileName().toString().equals("file" + sheet + ".csv"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no sheet" + sheet));
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        }
    }
}
