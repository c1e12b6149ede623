package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.ExportTable;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.measure.JourneyImports;
import io.milepost.analytics.measure.JourneyImports.Finished;
import io.milepost.analytics.measure.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@Controller("/v1/journeys/{journeyId:[^/]+}/imports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Imports")
final class ImportsController {

    private static final ExportTable<Finished> TABLE = new ExportTable<Finished>()
            .with("importId", Finished::importId)
            .with("time", Finished::time)
            .with("connection", Finished::connection)
            .with("connectionError", Finished::connectionError)
            .with("file", Finished::file)
            .with("total", Finished::total)
            .with("valid", Finished::valid)
            .with("invalid", Finished::invalid)
            .with("errors", ImportsController::errors);

    private final Questions questions;
    private final FreshFigures fresh;
    private final JourneyImports imports;
    private final Downloads downloads;

    ImportsController(Questions questions, FreshFigures fresh, JourneyImports imports, Downloads downloads) {
        this.questions = questions;
        this.fresh = fresh;
        this.imports = imports;
        this.downloads = downloads;
    }

    @Get
    @Produces({MediaType.APPLICATION_JSON, Downloads.CSV, Downloads.XLSX})
    @QueryParameters.OfImports
    @Operation(
            operationId = "listImports",
            summary = "Import performance",
            description = "What each file of people came to: total, valid and invalid rows with the reason of each, and"
                    + " what was wrong with its connection. By time.")
    @ApiResponse(
            responseCode = "200",
            description = "The imports that finished in the range.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ImportsAnswer.class)),
                @Content(mediaType = Downloads.CSV, schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Problems
    HttpResponse<?> imports(String journeyId, @Parameter(hidden = true) HttpRequest<?> request) {
        Scope scope = questions.scope(request);
        FileFormat format = downloads.asked(request);
        FreshnessAnswer freshness = fresh.await(request);
        questions.requireJourney(journeyId);
        List<Finished> finished = imports.imports(journeyId, scope.from(), scope.to());
        return format == null
                ? HttpResponse.ok(ImportsAnswer.of(finished, freshness)).contentType(MediaType.APPLICATION_JSON_TYPE)
                : downloads.send(download(journeyId, scope, finished, freshness), format);
    }

    private Download<Finished> download(
            String journeyId, Scope scope, List<Finished> finished, FreshnessAnswer freshness) {
        List<Download.Fact> about = new ArrayList<>();
        about.add(new Download.Fact("Report", "Import performance"));
        about.add(new Download.Fact("Journey", journeyId));
        about.add(new Download.Fact("From", scope.from() == null ? "first import" : scope.from()));
        about.add(new Download.Fact("To (excluded)", scope.to() == null ? "last import" : scope.to()));
        about.addAll(downloads.about(scope.zone(), freshness));
        return new Download<>(
                journeyId + "-imports-" + Downloads.range(scope),
                scope.zone(),
                about,
                TABLE,
                () -> Download.Rows.of(finished));
    }

    private static String errors(Finished finished) {
        return finished.errors().stream()
                .map(error -> "row " + error.row() + ": " + error.reason())
                .collect(Collectors.joining("; "));
    }

    @Schema(name = "Imports", description = "What each import came to, and all of them together.")
    record ImportsAnswer(
            @Schema(description = "The imports by time.") List<Finished> imports,
            @Schema(description = "Rows of all their files.", example = "1000") long total,
            @Schema(description = "Rows that could be used.", example = "990") long valid,
            @Schema(description = "Rows that could not.", example = "10") long invalid,
            FreshnessAnswer freshness) {

        static ImportsAnswer of(List<Finished> imports, FreshnessAnswer freshness) {
            return new ImportsAnswer(
                    imports,
                    imports.stream().mapToLong(Finished::total).sum(),
                    imports.stream().mapToLong(Finished::valid).sum(),
                    imports.stream().mapToLong(Finished::invalid).sum(),
                    freshness);
        }
    }
}
