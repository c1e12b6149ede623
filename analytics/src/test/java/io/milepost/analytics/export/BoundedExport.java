package io.milepost.analytics.export;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.measure.CellLists;
import io.milepost.analytics.measure.JourneyLists;
import io.milepost.analytics.measure.ListMeasure;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.ListRow;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Scope;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process that knows many entries of two days, fills its heap until only so much is free, and then writes their list as
 * XLSX and as CSV. Arguments: entries, free bytes. Prints what came of it; runs out of memory where that is not enough.
 */
final class BoundedExport {

    private static final long START = 1_767_225_600_000_000_000L;
    private static final long TWO_DAYS = 2 * 86_400_000_000_000L;
    private static final int PER_BLOCK = 10_000;
    private static final int BALLAST = 1 << 18;

    private final List<byte[]> ballast = new ArrayList<>();
    private final int entries;
    private final CellLists lists;

    private BoundedExport(int entries) {
        this.entries = entries;
        this.lists = new CellLists(filled(entries));
    }

    public static void main(String[] args) throws IOException {
        BoundedExport export = new BoundedExport(Integer.parseInt(args[0]));
        XlsxFile.warmUp();
        export.leave(Long.parseLong(args[1]));
        for (FileFormat format : List.of(new XlsxFile(), new CsvFile(',', false))) {
            export.write(format);
        }
        System.out.println("ballast " + export.ballast.size());
    }

    private static CellProjection filled(int entries) {
        CellProjection projection = new CellProjection();
        for (int from = 0; from < entries; from += PER_BLOCK) {
            List<AcceptedEvent> block = new ArrayList<>(PER_BLOCK);
            for (int i = from; i < from + PER_BLOCK; i++) {
                AcceptedEvent event = new AcceptedEvent();
                event.type = JourneyEventType.JOURNEY_ENTERED;
                event.source = "/engines/test";
                event.id = "e" + i;
                // A multiple of a number that shares no factor with the count: all times, in no order.
                event.time = START + i * 7_919L % entries * (TWO_DAYS / entries);
                event.journeyId = "onboarding";
                event.version = 1;
                event.entryId = "entry-" + i;
                event.userId = "user-" + i;
                block.add(event);
            }
            projection.replay(new Block(from / PER_BLOCK + 1, from, Instant.EPOCH, block));
        }
        projection.finishReplay();
        return projection;
    }

    private void leave(long bytes) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        for (long spare = runtime.maxMemory() - used - bytes; spare > 0; spare -= BALLAST) {
            ballast.add(new byte[BALLAST - 16]);
        }
    }

    private void write(FileFormat format) throws IOException {
        ListQuery query = new ListQuery(
                new MeasureQuery("onboarding", Scope.allTime(Instant.EPOCH)), ListMeasure.ENTRIES, null, Map.of());
        int[] told = {0};
        Download<ListRow> download =
                new Download<>("entries", ZoneOffset.UTC, List.of(), ListTables.of(query.list()), () -> {
                    JourneyLists.Rows rows = lists.all(query);
                    return new Download.Rows<>(rows.size(), first -> inOrder(rows.from(first), told));
                });
        ExecutorService writer = Executors.newSingleThreadExecutor();
        long start = System.nanoTime();
        try (InputStream in = Pipe.of(writer, out -> format.write(download, out))) {
            in.read();
            System.out.printf("%s first byte ms %d%n", format.ending(), (System.nanoTime() - start) / 1_000_000);
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            writer.shutdown();
        }
        System.out.printf("%s rows %d of %d%n", format.ending(), told[0], entries);
    }

    private static Iterator<ListRow> inOrder(Iterator<ListRow> rows, int[] told) {
        Instant[] before = {Instant.MIN};
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public ListRow next() {
                ListRow row = rows.next();
                if (!row.time().isAfter(before[0])) {
                    throw new IllegalStateException(row + " comes after one of " + before[0]);
                }
                before[0] = row.time();
                told[0]++;
                return row;
            }
        };
    }
}
