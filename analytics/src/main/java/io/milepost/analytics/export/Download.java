package io.milepost.analytics.export;

import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A table with its rows, ready to be written as a file.
 *
 * @param name of the file, without its ending; anything goes, it is made safe
 * @param zone in which times are told
 * @param about what the table is, line by line
 * @param rows found only when the file is written
 */
public record Download<R>(String name, ZoneId zone, List<Fact> about, ExportTable<R> table, Supplier<Rows<R>> rows) {

    public Download {
        about = List.copyOf(about);
    }

    /** One line about the table: what is said, and an Instant, a Number or text. */
    public record Fact(String title, Object value) {}

    /**
     * Rows in order.
     *
     * @param count how many there are
     * @param from gives those from that place on
     */
    public record Rows<R>(int count, IntFunction<Iterator<R>> from) {

        public static <R> Rows<R> of(List<R> rows) {
            return new Rows<>(rows.size(), rows::listIterator);
        }
    }

    /** The name with nothing in it that a file system, a shell or a header could take amiss. */
    public String fileName(String ending) {
        return fileName(name, ending);
    }

    /** The name of a file, made safe. */
    public static String fileName(String name, String ending) {
        String safe =
                name.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}._-]+", "-").replaceAll("^[.-]+|-+$", "");
        int end = safe.offsetByCodePoints(0, Math.min(150, safe.codePointCount(0, safe.length())));
        return (end == 0 ? "export" : safe.substring(0, end)) + "." + ending;
    }
}
