package io.milepost.analytics.benchmark;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.export.CsvFile;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.ExportTable;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.export.ListTables;
import io.milepost.analytics.export.XlsxFile;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.measure.CellLists;
import io.milepost.analytics.measure.JourneyLists;
import io.milepost.analytics.measure.JourneyLists.Page;
import io.milepost.analytics.measure.ListMeasure;
import io.milepost.analytics.measure.ListPosition;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.ListRow;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * What lists cost: single pages, and all rows as files beside a bare streaming loop of POI that has its rows in memory and
 * writes the same columns and types. Files are told in processor time of the one thread, which other load on the machine
 * does not disturb. Arguments: rows, rounds.
 */
final class ListBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int PER_BLOCK = 5_000;
    private static final int PAGE = 1_000;

    private final CellLists lists;
    private final ListQuery query;

    private ListBenchmark(CellProjection projection) {
        lists = new CellLists(projection);
        query = new ListQuery(
                new MeasureQuery("journey-0", Scope.allTime(Instant.parse("2027-01-01T00:00:00Z"))),
                ListMeasure.MESSAGES_SENT,
                null,
                Map.of());
    }

    public static void main(String[] args) throws IOException {
        int rows = Integer.parseInt(args[0]);
        ListBenchmark benchmark = new ListBenchmark(filled(rows));
        int rounds = Integer.parseInt(args[1]);
        for (int round = 0; round < rounds; round++) {
            benchmark.pages();
        }
        for (int round = 0; round < rounds; round++) {
            benchmark.files();
        }
    }

    /** About as many messages as wanted, over as many days as they take. */
    private static CellProjection filled(int messages) {
        EventStream stream = new EventStream(7, messages / 2, 1);
        CellProjection projection = new CellProjection();
        long events = messages * 6L;
        for (long done = 0; done < events; done += PER_BLOCK) {
            List<AcceptedEvent> batch = new ArrayList<>(PER_BLOCK);
            for (int i = 0; i < PER_BLOCK; i++) {
                batch.add(stream.next());
            }
            projection.replay(new Block(done / PER_BLOCK + 1, done, Instant.EPOCH, batch));
        }
        projection.finishReplay();
        return projection;
    }

    private void pages() {
        long start = System.nanoTime();
        Page first = lists.page(query, null, PAGE);
        double firstMillis = (System.nanoTime() - start) / 1e6;
        start = System.nanoTime();
        JourneyLists.Rows all = lists.all(query);
        double allMillis = (System.nanoTime() - start) / 1e6;
        ListPosition middle = after(all, all.size() / 2);
        ListPosition last = after(all, all.size() - PAGE / 2);
        print(
                "%,d rows: first page %.1f ms, middle %.1f ms, last %.1f ms; finding all %.0f ms",
                first.total(), firstMillis, millis(middle), millis(last), allMillis);
    }

    private double millis(ListPosition after) {
        long start = System.nanoTime();
        if (lists.page(query, after, PAGE).rows().isEmpty()) {
            throw new IllegalStateException("a page without rows");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static ListPosition after(JourneyLists.Rows rows, int at) {
        Instant time = rows.from(at).next().time();
        long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
        return new ListPosition(nanos, List.of("", "", "", "", "", "", "", ""), 0);
    }

    private void files() throws IOException {
        double bare = bare();
        print(
                "rows a second of processor time: bare loop %,.0f; XLSX %,.0f; CSV %,.0f",
                bare, ours(new XlsxFile()), ours(new CsvFile(',', false)));
    }

    private double ours(FileFormat format) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        int[] rows = {0};
        Download<ListRow> download =
                new Download<>("benchmark", ZoneOffset.UTC, List.of(), ListTables.of(query.list()), () -> {
                    JourneyLists.Rows all = lists.all(query);
                    rows[0] = all.size();
                    return new Download.Rows<>(all.size(), all::from);
                });
        format.write(download, OutputStream.nullOutputStream());
        return rows[0] / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private double bare() throws IOException {
        List<ExportTable.Column<ListRow>> columns = ListTables.of(query.list()).columns();
        List<ListRow> rows = new ArrayList<>();
        lists.all(query).from(0).forEachRemaining(rows::add);
        long start = THREADS.getCurrentThreadCpuTime();
        try (SXSSFWorkbook book = new SXSSFWorkbook(100)) {
            CellStyle time = book.createCellStyle();
            time.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd hh:mm:ss.000"));
            SXSSFSheet sheet = book.createSheet();
            int number = 0;
            for (Iterator<ListRow> each = rows.iterator(); each.hasNext() && number < XlsxFile.MOST_ROWS; ) {
                ListRow from = each.next();
                Row row = sheet.createRow(number++);
                for (int i = 0; i < columns.size(); i++) {
                    Object value = columns.get(i).value().apply(from);
                    if (value != null) {
                        bare(row.createCell(i), value, time);
                    }
                }
            }
            book.write(OutputStream.nullOutputStream());
        }
        return rows.size() / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private static void bare(Cell cell, Object value, CellStyle time) {
        if (value instanceof Instant instant) {
            cell.setCellValue(instant.atOffset(ZoneOffset.UTC).toLocalDateTime());
            cell.setCellStyle(time);
        } else if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else {
            cell.setCellValue(value.toString());
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
