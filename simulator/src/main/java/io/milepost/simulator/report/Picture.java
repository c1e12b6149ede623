package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.milepost.spi.JourneyDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A journey as SVG: its nodes from left to right as far from the start as they are, ways as wide as people went them. */
final class Picture {

    private static final int COLUMN = 270;
    private static final int ROW = 92;
    private static final int WIDTH = 205;
    private static final int HEIGHT = 58;
    private static final int MARGIN = 30;
    private static final int LONGEST_NAME = 28;

    private record Place(int column, int row) {
        int x() {
            return MARGIN + column * COLUMN;
        }

        int y() {
            return MARGIN + row * ROW;
        }
    }

    private final JourneyPage page;
    private final Map<String, JourneyDefinition.Node> nodes = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, JsonNode> expected = new HashMap<>();
    private final Map<String, JsonNode> got = new HashMap<>();
    private final StringBuilder svg = new StringBuilder();

    Picture(JourneyPage page) {
        this.page = page;
        page.definitions().forEach(definition -> definition.nodes().forEach(node -> nodes.put(node.id(), node)));
        page.expectedNodes().forEach(node -> expected.put(node.path("nodeId").asText(), node));
        page.gotNodes().forEach(node -> got.put(node.path("nodeId").asText(), node));
    }

    String svg() {
        place();
        int columns = places.values().stream().mapToInt(Place::column).max().orElse(0) + 1;
        int rows = places.values().stream().mapToInt(Place::row).max().orElse(0) + 1;
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%1$d\" role=\"img\" aria-label=\"%s\">%n",
                2 * MARGIN + columns * COLUMN,
                2 * MARGIN + rows * ROW,
                Html.text(page.name())));
        ways();
        nodes.values().forEach(this::node);
        return svg.append("</svg>\n").toString();
    }

    /** Columns by the fewest ways from a start, rows by the order of the file. */
    private void place() {
        Map<String, List<String>> ahead = new HashMap<>();
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<String> led = new ArrayList<>();
        page.definitions().forEach(definition -> definition.edges().forEach(edge -> {
            ahead.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge.to());
            led.add(edge.to());
        }));
        page.transitions().forEach(way -> {
            if (way.path("from").isTextual()) {
                ahead.computeIfAbsent(way.path("from").asText(), id -> new ArrayList<>())
                        .add(way.path("to").asText());
                led.add(way.path("to").asText());
            }
        });
        Deque<String> next = new ArrayDeque<>();
        nodes.keySet().stream().filter(id -> !led.contains(id)).forEach(id -> {
            columns.put(id, 0);
            next.add(id);
        });
        while (!next.isEmpty()) {
            String at = next.remove();
            for (String to : ahead.getOrDefault(at, List.of())) {
                if (nodes.containsKey(to) && !columns.containsKey(to)) {
                    columns.put(to, columns.getOrDefault(at, 0) + 1);
                    next.add(to);
                }
            }
        }
        Map<Integer, Integer> rows = new TreeMap<>();
        nodes.keySet().forEach(id -> {
            int column = columns.getOrDefault(id, 0);
            places.put(id, new Place(column, rows.merge(column, 1, Integer::sum) - 1));
        });
    }

    private void ways() {
        long most = 1;
        for (JsonNode way : page.transitions()) {
            most = Math.max(most, way.path("count").asLong());
        }
        for (JsonNode way : page.transitions()) {
            Place from = places.get(way.path("from").asText());
            Place to = places.get(way.path("to").asText());
            if (from != null && to != null) {
                way(from, to, way, most);
            }
        }
    }

    private void way(Place from, Place to, JsonNode way, long most) {
        long count = way.path("count").asLong();
        int x1 = from.x() + WIDTH;
        int y1 = from.y() + HEIGHT / 2;
        int x2 = to.x();
        int y2 = to.y() + HEIGHT / 2;
        int bend = from.column < to.column ? (x2 - x1) / 2 : COLUMN;
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"way\" d=\"M%d %d C%d %d %d %d %d %d\" stroke-width=\"%.1f\"><title>%s → %s: %s times, %s"
                        + " users</title></path>%n",
                x1,
                y1,
                x1 + bend,
                y1,
                x2 - bend,
                y2,
                x2,
                y2,
                1 + 9 * Math.sqrt((double) count / most),
                Html.text(way.path("from").asText()),
                Html.text(way.path("to").asText()),
                Figures.grouped(count),
                Figures.grouped(way.path("users").asLong())));
    }

    private void node(JourneyDefinition.Node node) {
        Place place = places.getOrDefault(node.id(), new Place(0, 0));
        JsonNode right = expected.getOrDefault(node.id(), MissingNode.getInstance());
        JsonNode told = got.getOrDefault(node.id(), MissingNode.getInstance());
        boolean same =
                right.path("entryCount").asLong() == told.path("entryCount").asLong()
                        && right.path("entryUserCount").asLong()
                                == told.path("entryUserCount").asLong()
                        && right.path("completedCount").asLong()
                                == told.path("completedCount").asLong();
        String name = node.name() == null ? node.id() : node.name();
        svg.append(String.format(
                Locale.ROOT,
                "<g class=\"node %s%s\"><title>%s (%s): %s visits, %s users, %s completed, %s active, %s exits</title>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/><text x=\"%d\" y=\"%d\">%s</text>"
                        + "<text class=\"count\" x=\"%d\" y=\"%d\">%s visits · %s users</text></g>%n",
                Html.text(node.type()),
                same ? "" : " wrong",
                Html.text(name),
                Html.text(node.type()),
                Figures.grouped(told.path("entryCount").asLong()),
                Figures.grouped(told.path("entryUserCount").asLong()),
                Figures.grouped(told.path("completedCount").asLong()),
                Figures.grouped(told.path("activeCount").asLong()),
                Figures.grouped(told.path("exitCount").asLong()),
                place.x(),
                place.y(),
                WIDTH,
                HEIGHT,
                place.x() + 10,
                place.y() + 24,
                Html.text(shortened(name)),
                place.x() + 10,
                place.y() + 44,
                Figures.grouped(told.path("entryCount").asLong()),
                Figures.grouped(told.path("entryUserCount").asLong())));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
