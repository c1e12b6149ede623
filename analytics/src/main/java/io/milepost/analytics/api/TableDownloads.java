package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.types.files.StreamedFile;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.FigureTable;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.measure.JourneyOverview;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.Scope;
import io.milepost.analytics.measure.SeriesPoint;
import io.milepost.analytics.measure.StageFigures;
import io.milepost.analytics.measure.TrafficPart;
import io.milepost.analytics.measure.Transition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns answers that are tables into files where the request asks for one. */
@ServerFilter("/v1/journeys/**")
final class TableDownloads {

    private final Downloads downloads;
    private final Questions questions;

    TableDownloads(Downloads downloads, Questions questions) {
        this.downloads = downloads;
        this.questions = questions;
    }

    /** A wrong format is refused before anything is computed. */
    @RequestFilter
    void check(HttpRequest<?> request) {
        if (!request.getPath().endsWith("/users")) {
            downloads.asked(request);
        }
    }

    @ResponseFilter
    @Nullable
    MutableHttpResponse<?> asFile(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Table table = response.status() == HttpStatus.OK ? table(response.body()) : null;
        FileFormat format = table == null ? null : downloads.asked(request);
        if (table == null || format == null) {
            return null;
        }
        MutableHttpResponse<StreamedFile> file = downloads.send(download(request, table), format);
        response.getHeaders().forEachValue((name, value) -> {
            if (!file.getHeaders().contains(name)) {
                file.header(name, value);
            }
        });
        return file;
    }

    private Download<?> download(HttpRequest<?> request, Table table) {
        Scope scope = questions.scope(request);
        List<Download.Fact> about = new ArrayList<>();
        about.add(new Download.Fact("Table", table.name));
        String journey = journey(request);
        if (!journey.isEmpty()) {
            about.add(new Download.Fact("Journey", journey));
        }
        String measure = request.getParameters().get("measure");
        if (measure != null) {
            about.add(new Download.Fact("Measure", measure));
        }
        about.addAll(downloads.about(scope, table.freshness));
        String name = String.join(
                "-",
                journey.isEmpty() ? "all" : journey,
                table.name,
                measure == null ? "" : measure,
                Downloads.range(scope));
        return new Download<>(
                name.replace("--", "-"),
                scope.zone(),
                about,
                table.figures.table(),
                () -> Download.Rows.of(table.figures.rows()));
    }

    /** The journey that the path names; empty = it names none. */
    private static String journey(HttpRequest<?> request) {
        String[] parts = request.getPath().split("/");
        return parts.length < 4 ? "" : URLDecoder.decode(parts[3].replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private record Table(String name, FigureTable figures, FreshnessAnswer freshness) {}

    private static @Nullable Table table(@Nullable Object answer) {
        if (answer instanceof FiguresController.SummaryAnswer summary) {
            return new Table("summary", FigureTable.ofOne(summary.figures()), summary.freshness());
        }
        if (answer instanceof FiguresController.NodesAnswer nodes) {
            return new Table("nodes", FigureTable.of(NodeFigures.class, nodes.nodes()), nodes.freshness());
        }
        if (answer instanceof FiguresController.TransitionsAnswer transitions) {
            return new Table(
                    "transitions",
                    FigureTable.of(Transition.class, transitions.transitions()),
                    transitions.freshness());
        }
        if (answer instanceof FiguresController.StagesAnswer stages) {
            return new Table("stages", FigureTable.of(StageFigures.class, stages.stages()), stages.freshness());
        }
        if (answer instanceof FiguresController.SeriesAnswer series) {
            return new Table("series", FigureTable.of(SeriesPoint.class, series.points()), series.freshness());
        }
        if (answer instanceof TrafficController.TrafficAnswer traffic) {
            return new Table("traffic", FigureTable.of(TrafficPart.class, traffic.traffic()), traffic.freshness());
        }
        if (answer instanceof JourneysController.JourneysAnswer journeys) {
            return new Table(
                    "journeys", FigureTable.of(JourneyOverview.class, journeys.journeys()), journeys.freshness());
        }
        return null;
    }
}
