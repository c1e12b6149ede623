package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** An event before it is written down; {@code data} is its own. */
record AwkwardEvent(String type, String source, String id, Instant time, ObjectNode data) {

    AwkwardEvent again(String newId, Instant newTime) {
        return new AwkwardEvent(type, source, newId, newTime, data.deepCopy());
    }
}
