package io.milepost.analytics.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.event.Rejection;
import io.milepost.analytics.journal.Receipt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "What became of the events of one body. What is accepted is durable.")
record IngestAnswer(
        @Schema(description = "New events, stored now.", example = "998") int accepted,
        @Schema(description = "Events that were stored before, with the same content.", example = "1") int duplicates,
        @Schema(description = "Events turned away, all of them.", example = "1") int rejectedCount,
        @Schema(description = "The first 100 of them.") List<RejectedItem> rejected,
        @Schema(
                        description = "Events stored so far: give it as `minEvents` to a question to see these events"
                                + " in its answer.",
                        example = "120998")
                long acceptedEvents) {

    private static final int LISTED = 100;

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "RejectedItem", description = "One event of the body that was turned away.")
    record RejectedItem(
            @Schema(description = "Its place in the body, from 0; over lines that are not blank.", example = "17")
                    int index,
            @Schema(description = "Its `id`, where it could be read.", example = "e-17") @Nullable String id,
            @Schema(
                            description = "Why.",
                            example = "missing-field",
                            allowableValues = {
                                "missing-field",
                                "invalid-field",
                                "unknown-type",
                                "invalid-time",
                                "time-in-future",
                                "too-large",
                                "id-conflict",
                                "not-json"
                            })
                    String reason,
            @Schema(description = "Path of the field at fault.", example = "data.nodeId") @Nullable String field,
            @Schema(description = "What was expected.", example = "required") String detail) {

        private static RejectedItem of(Refused refused) {
            Rejection rejection = refused.rejection();
            return new RejectedItem(
                    refused.index(), rejection.id(), rejection.reason().code(), rejection.field(), rejection.detail());
        }
    }

    static IngestAnswer of(Receipt receipt) {
        return new IngestAnswer(
                receipt.accepted(),
                receipt.duplicates(),
                receipt.refused().size(),
                receipt.refused().stream().limit(LISTED).map(RejectedItem::of).toList(),
                receipt.acceptedEvents());
    }
}
