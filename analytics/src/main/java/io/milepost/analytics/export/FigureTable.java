package io.milepost.analytics.export;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of figures as a table: a column for each figure, named by its path as a series names it, and for each key that
 * a map has in any row.
 *
 * @param rows figures by path
 */
public record FigureTable(ExportTable<Map<String, Object>> table, List<Map<String, Object>> rows) {

    /**
     * A row a record.
     *
     * @param shape of the records, for the header where there are none
     */
    public static <R extends Record> FigureTable of(Class<R> shape, List<R> records) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>();
        if (records.isEmpty()) {
            for (RecordComponent component : shape.getRecordComponents()) {
                paths.add(component.getName());
            }
        }
        for (Record figures : records) {
            Map<String, Object> row = flat(figures);
            rows.add(row);
            paths.addAll(row.keySet());
        }
        ExportTable<Map<String, Object>> table = new ExportTable<>();
        inOrder(paths).forEach(path -> table.with(path, row -> row.get(path)));
        return new FigureTable(table, rows);
    }

    /** A row a figure: its path, and what it is. */
    public static FigureTable ofOne(Record figures) {
        List<Map<String, Object>> rows = new ArrayList<>();
        flat(figures).forEach((path, value) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("measure", path);
            row.put("value", value);
            rows.add(row);
        });
        return new FigureTable(
                new ExportTable<Map<String, Object>>()
                        .with("measure", row -> row.get("measure"))
                        .with("value", row -> row.get("value")),
                rows);
    }

    /** Paths of one measure side by side, in the order of their first. */
    private static List<String> inOrder(Set<String> paths) {
        Map<String, List<String>> byRoot = paths.stream()
                .collect(Collectors.groupingBy(FigureTable::root, LinkedHashMap::new, Collectors.toList()));
        return byRoot.values().stream().flatMap(List::stream).toList();
    }

    private static String root(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    @SuppressWarnings("NullAway") // A figure may be null: its column is there all the same.
    private static Map<String, Object> flat(Record figures) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (RecordComponent component : figures.getClass().getRecordComponents()) {
            put(component.getName(), read(component, figures), component.getGenericType(), row);
        }
        return row;
    }

    @SuppressWarnings("NullAway") // See flat.
    private static void put(String path, @Nullable Object value, Type type, Map<String, Object> row) {
        if (value instanceof Record nested) {
            flat(nested).forEach((inner, figure) -> row.put(path + "." + inner, figure));
        } else if (value instanceof Map<?, ?> map) {
            boolean money = type instanceof ParameterizedType of && of.getActualTypeArguments()[1] == String.class;
            map.forEach((key, inner) ->
                    put(path + "." + key, money ? new BigDecimal(inner.toString()) : inner, Object.class, row));
        } else if (value instanceof Collection<?> values) {
            row.put(path, values.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        } else {
            row.put(path, value);
        }
    }

    private static @Nullable Object read(RecordComponent component, Record figures) {
        try {
            return component.getAccessor().invoke(figures);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
