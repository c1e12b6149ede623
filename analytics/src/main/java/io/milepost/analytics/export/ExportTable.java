package io.milepost.analytics.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, for all formats.
 *
 * @param <R> what a row is made from
 */
public final class ExportTable<R> {

    private final List<Column<R>> columns = new ArrayList<>();

    /**
     * One column.
     *
     * @param value an {@link java.time.Instant}, a {@link Number}, or else text; null = an empty cell
     */
    public record Column<R>(String title, Function<R, @Nullable Object> value) {}

    /** Adds a column on the right; see {@link Column}. */
    public ExportTable<R> with(String title, Function<R, @Nullable Object> value) {
        columns.add(new Column<>(title, value));
        return this;
    }

    public List<Column<R>> columns() {
        return Collections.unmodifiableList(columns);
    }
}
