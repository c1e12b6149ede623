package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.report.Table.Cell;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The terminal: short lines of what ran, tables of figures with the truth beside them, a verdict. */
public final class Console {

    private static final int MOST_DIFFERENCES = 20;
    private static final int MOST_EVIDENCE = 4;
    private static final int LABEL = 10;

    private final PrintWriter out;
    private final boolean colours;

    public Console(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public void title(String name, String text) {
        out.println();
        out.println("  " + Ink.BOLD.on(name, colours) + "  " + text);
        out.println("  " + Ink.FAINT.on("─".repeat(Math.max(40, name.length() + text.length() + 2)), colours));
        out.flush();
    }

    /** One line: what, and how it went. */
    public void line(String label, String text) {
        out.println("  " + Ink.CYAN.on(String.format(Locale.ROOT, "%-" + LABEL + "s  ", label), colours) + text);
        out.flush();
    }

    public void blank() {
        out.println();
        out.flush();
    }

    /** The summary, truth beside what analytics says; differences are marked. */
    public void summary(String journey, JsonNode truth, JsonNode got) {
        Table table = new Table();
        table.row(List.of(new Cell(journey, Ink.BOLD), new Cell("analytics", Ink.FAINT), new Cell("truth", Ink.FAINT)));
        truth.properties().forEach(field -> {
            JsonNode actual = got.path(field.getKey());
            if (field.getValue().isObject() && !field.getValue().has("numerator")) {
                parts(table, Figures.title(field.getKey()), field.getValue(), actual);
            } else {
                table.row(compared(Figures.title(field.getKey()), field.getValue(), actual));
            }
        });
        print(table);
    }

    private static void parts(Table table, String title, JsonNode truth, JsonNode got) {
        Set<String> keys = new TreeSet<>();
        truth.fieldNames().forEachRemaining(keys::add);
        got.fieldNames().forEachRemaining(keys::add);
        keys.forEach(key -> table.row(compared(title + ", " + key, truth.path(key), got.path(key))));
    }

    private static List<Cell> compared(String title, JsonNode truth, JsonNode got) {
        String expected = Figures.text(truth);
        String actual = Figures.text(got);
        boolean same = expected.equals(actual);
        return List.of(
                Cell.of(title),
                new Cell(actual, same ? null : Ink.RED),
                Cell.of(expected),
                same ? new Cell("✓", Ink.GREEN) : new Cell("✗", Ink.RED));
    }

    /** One line for each node that was reached, in the order analytics gives them; differences are marked. */
    public void funnel(JsonNode truth, JsonNode got) {
        Map<String, JsonNode> expected = new HashMap<>();
        truth.forEach(node -> expected.put(node.path("nodeId").asText(), node));
        List<String> columns = List.of(
                "entryCount",
                "entryUserCount",
                "completedCount",
                "activeCount",
                "exitCount",
                "sentCount",
                "failedCount",
                "engagements.clicked.users");
        Table table = new Table();
        List<Cell> head = new ArrayList<>(List.of(new Cell("node", Ink.BOLD)));
        List.of("visits", "users", "completed", "active", "exits", "sent", "failed", "clicked")
                .forEach(name -> head.add(new Cell(name, Ink.FAINT)));
        table.row(head);
        for (JsonNode node : got) {
            JsonNode beside = expected.get(node.path("nodeId").asText());
            if (node.path("entryCount").asLong() > 0
                    || beside == null
                    || beside.path("entryCount").asLong() > 0) {
                table.row(funnelRow(node, beside, columns));
            }
        }
        print(table);
    }

    private static List<Cell> funnelRow(JsonNode node, @Nullable JsonNode truth, List<String> columns) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(node.path("name").asText(node.path("nodeId").asText())));
        boolean same = true;
        for (String column : columns) {
            long actual = at(node, column).asLong();
            long expected = truth == null ? 0 : at(truth, column).asLong();
            same &= actual == expected;
            String text = actual == 0 && expected == 0 ? "·" : Figures.grouped(actual);
            cells.add(
                    actual == expected
                            ? new Cell(text, actual == 0 ? Ink.FAINT : null)
                            : new Cell(text + "≠" + Figures.grouped(expected), Ink.RED));
        }
        cells.add(same ? new Cell("✓", Ink.GREEN) : new Cell("✗", Ink.RED));
        return cells;
    }

    private static JsonNode at(JsonNode node, String path) {
        JsonNode at = node;
        for (String step : path.split("\\.", -1)) {
            at = at.path(step);
        }
        return at;
    }

    private void print(Table table) {
        table.lines(colours).forEach(out::println);
        out.println();
        out.flush();
    }

    public void verdict(Verdict verdict, Duration took) {
        String asked = Figures.grouped(verdict.questions()) + " answers, " + Figures.grouped(verdict.compared())
                + " figures compared in " + Figures.seconds(took);
        if (verdict.agrees()) {
            out.println("  " + Ink.GREEN.on("✓ analytics agrees with the truth", colours) + "  " + asked);
        } else {
            out.println("  " + Ink.RED.on("✗ analytics differs from the truth", colours) + "  " + asked + ", "
                    + Figures.grouped(verdict.differences().size()) + " differ");
            differences(verdict.differences());
        }
        verdict.notes().forEach(note -> out.println("    " + note));
        out.flush();
    }

    private void differences(List<Difference> differences) {
        differences.stream().limit(MOST_DIFFERENCES).forEach(this::difference);
        if (differences.size() > MOST_DIFFERENCES) {
            String rest = differences.stream()
                    .skip(MOST_DIFFERENCES)
                    .collect(Collectors.groupingBy(Difference::figures, Collectors.counting()))
                    .toString();
            out.println("    … and more: " + rest);
        }
    }

    private void difference(Difference difference) {
        out.println("    " + difference);
        if (!difference.because().isEmpty()) {
            out.println("      " + Ink.FAINT.on(difference.because(), colours));
        }
        difference.evidence().stream()
                .limit(MOST_EVIDENCE)
                .forEach(evidence -> out.println("      " + Ink.FAINT.on("- " + evidence, colours)));
    }

    public void problem(String text) {
        out.println("  " + Ink.RED.on(text, colours));
        out.flush();
    }
}
