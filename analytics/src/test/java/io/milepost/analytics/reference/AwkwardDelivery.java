package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.AwkwardStreams.Feature;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What becomes of events on their way: lost, told again, written down in one of many ways, out of order. */
final class AwkwardDelivery {

    private static final List<String> TYPES = List.of(
            "journey.entered",
            "journey.node.entered",
            "journey.node.exited",
            "journey.message.sent",
            "journey.message.failed",
            "journey.exited",
            "user.acted");
    private static final List<ZoneOffset> OFFSETS = List.of(
            ZoneOffset.ofHours(2),
            ZoneOffset.ofHoursMinutes(-3, -30),
            ZoneOffset.ofHours(14),
            ZoneOffset.ofHours(-11),
            ZoneOffset.ofHoursMinutes(5, 45));

    private final Dice dice;

    AwkwardDelivery(Dice dice) {
        this.dice = dice;
    }

    List<String> lines(List<AwkwardEvent> events) {
        String lostType = dice.of(TYPES);
        boolean loses = dice.is(Feature.LOST_TYPE);
        List<String> lines = new ArrayList<>();
        for (AwkwardEvent event : events) {
            boolean lost = dice.is(Feature.LOST_EVENT) || (loses && event.type().equals(lostType));
            if (!lost) {
                deliver(event, lines);
            }
        }
        return dice.shuffled(lines.size()).stream().map(lines::get).toList();
    }

    private void deliver(AwkwardEvent event, List<String> lines) {
        lines.add(line(event));
        boolean step = event.type().startsWith("journey.node.") || event.type().startsWith("journey.message.");
        if (dice.is(Feature.REPEATED_STEP) && step) {
            Duration later = dice.chance(0.5) ? Duration.ZERO : dice.pause();
            lines.add(line(event.again(event.id() + "-retry", event.time().plus(later))));
        }
        while (dice.is(Feature.EXACT_DUPLICATE)) {
            lines.add(line(event));
        }
    }

    private String line(AwkwardEvent event) {
        ObjectNode envelope = Json.object();
        if (dice.chance(0.5)) {
            envelope.set("data", event.data());
        }
        envelope.put("specversion", "1.0").put("id", event.id()).put("source", event.source());
        envelope.put("type", event.type()).put("time", time(event.time()));
        if (dice.chance(0.3)) {
            envelope.put("datacontenttype", "application/json");
        }
        envelope.set("data", event.data());
        return Json.write(envelope);
    }

    private String time(Instant instant) {
        if (!dice.is(Feature.OFFSETS)) {
            return instant.toString();
        }
        OffsetDateTime local = instant.atOffset(dice.of(OFFSETS));
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
    }
}
