package io.milepost.analytics.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report and how far it is.
 *
 * @param fileName as the download names it
 * @param bytes written so far
 * @param finishedAt null = not yet
 * @param error why it failed; null = it did not
 * @param scheduleId the schedule that ordered it; null = it was ordered by itself
 * @param mailedAt when the mail about its end was taken; null = not yet, or none was asked for
 */
@Schema(description = "A report and how far it is.")
record Report(
        @Schema(description = "Its id.", example = "3f2b8c1e-9d4a-4c5e-8a7b-0c1d2e3f4a5b") String id,
        @Schema(description = "Whether it is being written, can be fetched, or came to nothing.", example = "done")
                State state,
        ReportOrder order,
        @Schema(description = "Name of the file.", example = "onboarding-entries-all.xlsx") String fileName,
        @Schema(description = "Bytes written so far; of one that is done, all.", example = "104857") long bytes,
        @Schema(description = "When it was ordered.", example = "2026-03-02T10:15:30Z") Instant createdAt,
        @Schema(description = "When it was done or failed; null: not yet.", example = "2026-03-02T10:15:42Z") @Nullable
                Instant finishedAt,
        @Schema(description = "When it is deleted.", example = "2026-03-09T10:15:30Z") Instant expiresAt,
        @Schema(description = "Why it failed; null: it did not.", example = "The service could not write the file.")
                @Nullable
                String error,
        @Schema(
                        description = "When the mail about its end was sent; null: not yet, or none was asked for.",
                        example = "2026-03-02T10:15:43Z")
                @Nullable
                Instant mailedAt,
        @Schema(
                        description = "The schedule that ordered it; null: it was ordered by itself.",
                        example = "7c9e6679-7425-40de-944b-e07fc1f90ae7")
                @Nullable
                String scheduleId) {

    /** How far it is. */
    enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED
    }

    Report done(long allBytes, Instant at) {
        return new Report(id, State.DONE, order, fileName, allBytes, createdAt, at, expiresAt, null, null, scheduleId);
    }

    Report failed(String why, Instant at) {
        return new Report(id, State.FAILED, order, fileName, 0, createdAt, at, expiresAt, why, null, scheduleId);
    }

    Report mailed(Instant at) {
        return new Report(id, state, order, fileName, bytes, createdAt, finishedAt, expiresAt, error, at, scheduleId);
    }

    Report soFar(long someBytes) {
        return new Report(
                id, state, order, fileName, someBytes, createdAt, finishedAt, expiresAt, error, mailedAt, scheduleId);
    }
}
