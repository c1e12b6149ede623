package io.milepost.tck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Engine by rule, as Markdown, from the reports the kit has written.
 *
 * @since 0.1
 */
public final class Matrix {
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> engines = new ArrayList<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Matrix() {}

    /**
     * Writes the matrix.
     *
     * @param args the file to write, then for each engine {@code <title>=<report>}
     * @throws IOException if a report can't be read or the file not be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("expected: <file to write> <engine>=<report>…");
        }
        Matrix matrix = new Matrix();
        for (int i = 1; i < args.length; i++) {
            int cut = args[i].indexOf('=');
            matrix.add(args[i].substring(0, cut), Path.of(args[i].substring(cut + 1)));
        }
        Files.writeString(Path.of(args[0]), matrix.markdown(), StandardCharsets.UTF_8);
    }

    private void add(String engine, Path report) throws IOException {
        engines.add(engine);
        for (String line : Files.readAllLines(report, StandardCharsets.UTF_8)) {
            String[] cells = line.split("\t", -1);
            rows.computeIfAbsent(order(cells[0]), rule -> new Row(cells[0], cells[3], new LinkedHashMap<>()))
                    .results()
                    .put(engine, cells[2]);
            if (!cells[4].isEmpty()) {
                reasons.put(engine + ", " + cells[4].replace(" skipped:", ":"), engine);
            }
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Engine by rule\n\n"
                + "Written by `io.milepost.tck.Matrix` from the kit's reports; not by hand.\n\n| rule | "
                + String.join(" | ", engines) + " |\n| --- |" + " :-: |".repeat(engines.size()) + "\n");
        for (Row row : rows.values()) {
            text.append("| **").append(row.rule()).append("** ").append(row.text());
            for (String engine : engines) {
                text.append(" | ").append(mark(row.results().getOrDefault(engine, "not run")));
            }
            text.append(" |\n");
        }
        if (!reasons.isEmpty()) {
            text.append("\n## Skipped, and why\n\n");
            reasons.keySet().forEach(reason -> text.append("- ").append(reason).append('\n'));
        }
        return text.toString();
    }

    private static String mark(String result) {
        return switch (result) {
            case "green" -> "✔";
            case "skipped" -> "–";
            default -> result;
        };
    }

    /** The concerns in the kit's order, then by number. */
    private static String order(String rule) {
        return "ETSNODM".indexOf(rule.charAt(0)) + String.format("%03d", Integer.parseInt(rule.substring(1)));
    }

    private record Row(String rule, String text, Map<String, String> results) {}
}
