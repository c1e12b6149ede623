package io.milepost.analytics.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.RejectedEvent;
import io.milepost.analytics.store.RejectedEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

@Controller("/v1/rejected-events")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Events")
final class RejectedEventsController {

    private static final int USUAL_SIZE = 100;
    private static final int LARGEST_SIZE = 1000;

    private final RejectedEvents rejectedEvents;
    private final SecondChance secondChance;

    RejectedEventsController(RejectedEvents rejectedEvents, SecondChance secondChance) {
        this.rejectedEvents = rejectedEvents;
        this.secondChance = secondChance;
    }

    @Get
    @Operation(
            operationId = "listRejectedEvents",
            summary = "Events that were turned away",
            description = "Newest first, in pages: give `nextCursor` of one page as `cursor` to get the next.")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem names it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    RejectedPage list(
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable @Schema(description = "Events a page, 1 to 1,000; 100 if absent.") String size) {
        long before = cursor == null ? Long.MAX_VALUE : number("cursor", cursor, Long.MAX_VALUE);
        int most = size == null ? USUAL_SIZE : (int) number("size", size, LARGEST_SIZE);
        List<RejectedEvent> found = rejectedEvents.before(Account.DEFAULT, before, most + 1);
        List<RejectedEvent> page = found.subList(0, Math.min(most, found.size()));
        return new RejectedPage(
                page.stream().map(RejectedItem::of).toList(),
                rejectedEvents.count(Account.DEFAULT),
                found.size() > most ? Long.toString(page.get(most - 1).id()) : null);
    }

    @Post("/{id}/replay")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "replayRejectedEvent",
            summary = "Gives an event its second chance",
            description = "Takes the event in the body, or, where there is none, the event as it was received. Once it"
                    + " is accepted, or known already, it is off the list.")
    @RequestBody(
            required = false,
            content = @Content(mediaType = "application/cloudevents+json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "What became of it.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = IngestAnswer.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is none of that id.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    CompletionStage<IngestAnswer> replay(@PathVariable String id, HttpRequest<?> request) {
        RejectedEvent rejected =
                rejectedEvents.find(Account.DEFAULT, idOf(id)).orElseThrow(RejectedEventsController::notFound);
        return RequestBodies.read(request)
                .thenApply(RequestBodies::copy)
                .thenCompose(body -> secondChance.replay(rejected, body))
                .thenApply(IngestAnswer::of)
                .exceptionally(failure -> {
                    throw Refusals.of(failure);
                });
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteRejectedEvent", summary = "Forgets an event that was turned away")
    @ApiResponse(responseCode = "204", description = "It is forgotten.")
    @ApiResponse(
            responseCode = "404",
            description = "There is none of that id.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    void delete(@PathVariable String id) {
        if (!rejectedEvents.delete(Account.DEFAULT, idOf(id))) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(Problem.notFound("There is no rejected event of this id."));
    }

    private static long idOf(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    private static long number(String name, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of bounds
        }
        throw new ProblemException(Problem.invalidParameter(
                name,
                "'" + name + "' must be "
                        + (most == Long.MAX_VALUE ? "the nextCursor of a page" : "a whole number from 1 to " + most)
                        + "."));
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(description = "A page of events that were turned away.")
    record RejectedPage(
            @Schema(description = "Newest first.") List<RejectedItem> rejectedEvents,
            @Schema(description = "How many there are in all.", example = "3") long total,
            @Schema(description = "Leads to the next page; null: this is the last.", example = "17") @Nullable
                    String nextCursor) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "RejectedEvent", description = "An event that was turned away.")
    record RejectedItem(
            @Schema(description = "Names it in this list.", example = "17") String id,
            @Schema(description = "When it came.", example = "2026-03-01T12:00:00.123Z") Instant receivedAt,
            @Schema(description = "Its own `id`, where it could be read.", example = "e-17") @Nullable String eventId,
            @Schema(description = "Why it was turned away.", example = "missing-field") String reason,
            @Schema(description = "Path of the field at fault.", example = "data.nodeId") @Nullable String field,
            @Schema(description = "What was expected.", example = "required") String detail,
            @Schema(description = "As received, cut at 64 KiB.", example = "{\"id\": \"e-17\"}") String body,
            @Schema(description = "Whether it was cut.", example = "false") boolean cut) {

        private static RejectedItem of(RejectedEvent event) {
            return new RejectedItem(
                    Long.toString(event.id()),
                    event.receivedAt(),
                    event.eventId(),
                    event.reason(),
                    event.field(),
                    event.detail(),
                    new String(event.body(), StandardCharsets.UTF_8),
                    event.isCut());
        }
    }
}
