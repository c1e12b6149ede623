package io.milepost.analytics.ingest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.milepost.analytics.journal.IntakeClosedException;
import io.milepost.analytics.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

@Controller("/v1/events")
@Tag(name = "Events")
final class EventsController {

    private static final String EXAMPLE =
            """
            {"specversion": "1.0", "id": "e-1", "source": "/engines/prod-1", "type": "journey.entered",
             "time": "2026-03-01T12:00:00Z",
             "data": {"journeyId": "welcome", "version": 1, "entryId": "n-1", "userId": "u-1"}}
            """;

    private final Intake intake;

    EventsController(Intake intake) {
        this.intake = intake;
    }

    @Post
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "postEvents",
            summary = "Takes events",
            description =
                    "Answers once the accepted events are durable. One bad event never costs its neighbours, and"
                            + " sending the same events again is always safe. A body may be gzipped (`Content-Encoding: gzip`).")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/cloudevents+json",
                        schema = @Schema(type = "object"),
                        examples = @ExampleObject(name = "one", value = EXAMPLE)),
                @Content(
                        mediaType = "application/cloudevents-batch+json",
                        schema = @Schema(type = "array"),
                        examples = @ExampleObject(name = "many", value = "[" + EXAMPLE + "]")),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "What became of each event.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = IngestAnswer.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The body as a whole is no JSON of the kind its Content-Type names, or no gzip.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "413",
            description = "Too many events or bytes in one body.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "415",
            description = "Another Content-Type or Content-Encoding.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Not taken now; `Retry-After` says when to send the same again.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    CompletionStage<IngestAnswer> take(HttpRequest<?> request) {
        BodyFormat format = format(request);
        boolean gzip = isGzip(request);
        IntakeClosedException closed = intake.closed();
        if (closed != null) {
            throw Refusals.unavailable(closed);
        }
        return RequestBodies.read(request)
                .thenCompose(body -> intake.take(body, format, gzip))
                .thenApply(IngestAnswer::of)
                .exceptionally(failure -> {
                    throw Refusals.of(failure);
                });
    }

    private static BodyFormat format(HttpRequest<?> request) {
        BodyFormat format = BodyFormat.of(request.getHeaders().get(HttpHeaders.CONTENT_TYPE));
        if (format == null) {
            throw Refusals.unsupported("Expected the Content-Type "
                    + String.join(
                            ", ",
                            Stream.of(BodyFormat.values())
                                    .map(each -> each.mediaType)
                                    .toList())
                    + ", in UTF-8.");
        }
        return format;
    }

    private static boolean isGzip(HttpRequest<?> request) {
        List<String> encodings = request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty() && !value.equals("identity"))
                .toList();
        if (encodings.isEmpty()) {
            return false;
        }
        if (encodings.equals(List.of("gzip"))) {
            return true;
        }
        throw Refusals.unsupported("Expected no Content-Encoding, or gzip.");
    }
}
