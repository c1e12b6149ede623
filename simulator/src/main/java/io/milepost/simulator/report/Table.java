package io.milepost.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of text, the first aligned left and the others right. */
final class Table {

    /** @param ink null = as it is */
    record Cell(String text, @Nullable Ink ink) {
        static Cell of(String text) {
            return new Cell(text, null);
        }
    }

    private final List<List<Cell>> rows = new ArrayList<>();

    void row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    List<String> lines(boolean colours) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i).text));
            }
        }
        return rows.stream().map(row -> line(row, widths, colours)).toList();
    }

    private static String line(List<Cell> row, int[] widths, boolean colours) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            String space = " ".repeat(widths[i] - width(cell.text));
            String text = cell.ink == null ? cell.text : cell.ink.on(cell.text, colours);
            line.append(i == 0 ? text + space : space + text).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
