package io.milepost.analytics.row;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.EventLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Events as lines of JSON, and read as the door reads them. */
final class Events {

    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

    private Events() {}

    /** @param data JSON without the outer braces */
    static String event(String id, String type, String time, String data) {
        return "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/engines/test\", \"type\": \"%s\", \"time\": \"%s\", \"data\": {%s}}"
                .formatted(id, type, time, data);
    }

    /** An event of entry {@code e-1} of user {@code ann} in version 1 of the journey {@code welcome}. */
    static String ofEntry(String id, String type, String time, String data) {
        return event(id, type, time, entry("e-1", "ann") + (data.isEmpty() ? "" : ", " + data));
    }

    static String entry(String entryId, String userId) {
        return "\"journeyId\": \"welcome\", \"version\": 1, \"entryId\": \"%s\", \"userId\": \"%s\""
                .formatted(entryId, userId);
    }

    static List<AcceptedEvent> read(List<String> lines) {
        try {
            Batch read = new BatchReader(1, EventLimits.DEFAULT, NOW)
                    .readLines(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            if (!read.refused().isEmpty()) {
                throw new IllegalStateException(
                        "refused: " + read.refused().get(0).rejection());
            }
            return read.events();
        } catch (BodyException e) {
            throw new IllegalStateException(e);
        }
    }
}
