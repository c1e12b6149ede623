package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A page of its own: the verdict, each journey as a picture, its figures beside the truth, and what differs. */
final class Html {

    private static final int MOST_DIFFERENCES = 500;

    private static final String STYLE =
            """
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem; color: #1d2430; }
            h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
            .agrees { color: #14713d } .differs { color: #b3261e }
            .picture { overflow-x: auto; border: 1px solid #dfe3ea; border-radius: 8px; background: #fbfcfe }
            .way { fill: none; stroke: #8fa3c4; stroke-opacity: .55 }
            .node rect { fill: #fff; stroke: #4d6185 } .node text { font-size: 12px; fill: #1d2430 } .node .count { fill: #5b6880 }
            .send rect { fill: #e7f0ff } .wait rect, .wait-for-event rect { fill: #fff6e0 } .decision rect, .split rect, .join rect { fill: #f0ebfb }
            .exit rect, .goal rect { fill: #e6f5ec } .trigger rect { fill: #eef1f6 } .wrong rect { stroke: #b3261e; stroke-width: 3 }
            table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
            th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #e6e9ef; vertical-align: top }
            td.number { text-align: right } tr.wrong td { color: #b3261e }
            ul { margin: .2rem 0; padding-left: 1.1rem; color: #5b6880 } li { overflow-wrap: anywhere }
            """;

    private final StringBuilder html = new StringBuilder();

    String page(String world, Verdict verdict, List<JourneyPage> journeys) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(text(world))
                .append("</title><meta name=\"viewport\" content=\"width=device-width\"><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Milepost simulator: ")
                .append(text(world))
                .append("</h1>\n");
        verdict(verdict);
        journeys.forEach(this::journey);
        differences(verdict.differences());
        return html.append("</body></html>\n").toString();
    }

    private void verdict(Verdict verdict) {
        html.append("<p class=\"")
                .append(
                        verdict.agrees()
                                ? "agrees\">✓ analytics agrees with the truth"
                                : "differs\">✗ analytics differs from the truth")
                .append("</p><p>")
                .append(Figures.grouped(verdict.questions()))
                .append(" answers, ")
                .append(Figures.grouped(verdict.compared()))
                .append(" figures compared, ")
                .append(Figures.grouped(verdict.differences().size()))
                .append(" differ</p>\n");
        verdict.notes().forEach(note -> html.append("<p>").append(text(note)).append("</p>\n"));
    }

    private void journey(JourneyPage page) {
        html.append("<h2>")
                .append(text(page.name()))
                .append("</h2>\n<div class=\"picture\">")
                .append(new Picture(page).svg())
                .append("</div>\n<table><tr><th>Journey</th><th>Analytics</th><th>Truth</th></tr>\n");
        page.expected().properties().forEach(field -> {
            JsonNode got = page.got().path(field.getKey());
            if (field.getValue().isObject() && !field.getValue().has("numerator")) {
                Set<String> keys = new TreeSet<>();
                field.getValue().fieldNames().forEachRemaining(keys::add);
                got.fieldNames().forEachRemaining(keys::add);
                keys.forEach(key -> row(
                        Figures.title(field.getKey()) + ", " + key,
                        field.getValue().path(key),
                        got.path(key)));
            } else {
                row(Figures.title(field.getKey()), field.getValue(), got);
            }
        });
        html.append("</table>\n");
    }

    private void row(String title, JsonNode expected, JsonNode got) {
        boolean same = Figures.text(expected).equals(Figures.text(got));
        html.append(same ? "<tr><td>" : "<tr class=\"wrong\"><td>")
                .append(text(title))
                .append("</td><td class=\"number\">")
                .append(text(Figures.text(got)))
                .append("</td><td class=\"number\">")
                .append(text(Figures.text(expected)))
                .append("</td></tr>\n");
    }

    private void differences(List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        html.append("<h2>What differs</h2>\n<table><tr><th>Answer</th><th>Scope</th><th>Measure</th><th>Expected</th>"
                + "<th>Got</th><th>Because</th></tr>\n");
        differences.stream().limit(MOST_DIFFERENCES).forEach(one -> {
            html.append("<tr>");
            for (String cell : List.of(one.figures(), one.scope(), one.measure(), one.expected(), one.got())) {
                html.append("<td>").append(text(cell)).append("</td>");
            }
            html.append("<td>").append(text(one.because())).append("<ul>");
            one.evidence().forEach(evidence -> html.append("<li>")
                    .append(text(evidence.toString()))
                    .append("</li>"));
            html.append("</ul></td></tr>\n");
        });
        html.append("</table>\n");
        if (differences.size() > MOST_DIFFERENCES) {
            html.append("<p>… and ")
                    .append(Figures.grouped(differences.size() - MOST_DIFFERENCES))
                    .append(" more</p>\n");
        }
    }

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
