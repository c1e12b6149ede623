package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The same story told with other names or at other times. */
final class Rewrite {

    private Rewrite() {}

    static List<String> all(List<String> events, Consumer<ObjectNode> change) {
        return events.stream().map(event -> one(event, change)).toList();
    }

    static String one(String event, Consumer<ObjectNode> change) {
        ObjectNode tree = (ObjectNode) Json.parse(event);
        change.accept(tree);
        return Json.write(tree);
    }

    static void renameUser(ObjectNode event) {
        if (event.path("data").path("userId").isTextual()) {
            ObjectNode data = (ObjectNode) event.path("data");
            String user = data.path("userId").textValue();
            data.put("userId", "renamed " + new StringBuilder(user).reverse() + user.length());
        }
    }

    /** Puts everything that is named into a name space of its own; orders stay as they are. */
    static void isolate(ObjectNode event, String space) {
        event.put("id", space + event.path("id").textValue());
        ObjectNode data = (ObjectNode) event.path("data");
        Stream.of("journeyId", "userId", "entryId", "messageId")
                .filter(field -> data.path(field).isTextual())
                .forEach(field -> data.put(field, data.path(field).textValue() + space));
    }

    static void shift(ObjectNode event, long days) {
        Instant time = OffsetDateTime.parse(event.path("time").textValue()).toInstant();
        event.put("time", time.minus(days, ChronoUnit.DAYS).toString());
    }

    static ReferenceQuery shift(ReferenceQuery query, long days) {
        return query.between(shift(query.from(), days), shift(query.to(), days))
                .withAsOf(query.asOf().minus(days, ChronoUnit.DAYS));
    }

    private static @Nullable Instant shift(@Nullable Instant time, long days) {
        return time == null ? null : time.minus(days, ChronoUnit.DAYS);
    }
}
