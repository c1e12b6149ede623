package io.milepost.analytics.measure;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that a figure counts. What the thing has not is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "One thing that the figure counts; for a figure of users, one row a user, about the earliest thing."
                        + " What the thing has not is left out.")
public record ListRow(
        @Schema(description = "The user's id; absent where the engine turned away someone unnamed.", example = "user-1")
                @Nullable
                String userId,
        @Schema(
                        description = "When it happened: the entry's start, exit or conversion, the visit's start or"
                                + " end, the message's final status, the engagement, the outcome, the event.",
                        example = "2026-03-02T10:15:30Z")
                Instant time,
        @Schema(description = "The entry's id.", example = "entry-1") @Nullable String entryId,
        @Schema(description = "The node's id.", example = "welcome-push") @Nullable String nodeId,
        @Schema(description = "Version of the entry.", example = "1") long version,
        @Schema(description = "Experiment arm of the entry.", example = "control") @Nullable String variant,
        @Schema(description = "True for a test entry.", example = "true") @Nullable Boolean test,
        @Schema(description = "When the entry started.", example = "2026-03-02T10:15:30Z") @Nullable Instant startedAt,
        @Schema(description = "When the entry exited.", example = "2026-03-03T10:15:30Z") @Nullable Instant exitedAt,
        @Schema(description = "The message's id.", example = "message-1") @Nullable String messageId,
        @Schema(
                        description = "How the message or the visit stands.",
                        example = "sent",
                        allowableValues = {"sent", "failed", "completed", "cancelled", "active", "closed"})
                @Nullable
                String status,
        @Schema(description = "The message's channel.", example = "push") @Nullable String channel,
        @Schema(description = "The message's platform.", example = "android") @Nullable String platform,
        @Schema(description = "Kind of the engagement.", example = "clicked") @Nullable String kind,
        @Schema(description = "Why: of an exit, a failure or a rejection.", example = "completed") @Nullable
                String reason,
        @Schema(description = "The link that was clicked.", example = "https://example.com/offer") @Nullable
                String link,
        @Schema(description = "Outcome of the step, or of the visit.", example = "yes") @Nullable String outcome,
        @Schema(
                        description = "The outcome's value: a text or a number.",
                        anyOf = {String.class, Double.class},
                        example = "4")
                @Nullable
                Object value,
        @Schema(description = "Name of the user's event.", example = "purchase") @Nullable String event,
        @Schema(description = "The message's cost or the event's value.", type = "string", example = "12.34")
                @JsonFormat(shape = JsonFormat.Shape.STRING)
                @Nullable
                BigDecimal amount,
        @Schema(description = "Currency of the amount.", example = "EUR") @Nullable String currency,
        @Schema(
                        description = "Until when the open entry can be converted; absent: without end.",
                        example = "2026-03-04T10:15:30Z")
                @Nullable
                Instant openUntil) {}
