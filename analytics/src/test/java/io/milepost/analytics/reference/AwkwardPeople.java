package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.AwkwardStreams.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users who go through the journeys, and what they do beside. */
final class AwkwardPeople {

    private static final Instant LAST = Instant.parse("2026-09-30T00:00:00Z");
    private static final List<String> AMOUNTS = List.of(
            "\"9.90\"",
            "9.90",
            "12",
            "0.1",
            "\"0.2\"",
            "\"100.00\"",
            "1234567890.123456789012345",
            "\"123456789012345678901234567890\"",
            "\"0.00000000000000000000000000001\"",
            "-3.5");

    private final Dice dice;
    private final List<AwkwardJourney> journeys;
    private final String people;
    private final List<AwkwardEvent> events = new ArrayList<>();
    final List<String> users = new ArrayList<>();
    final List<AwkwardEntry> entries = new ArrayList<>();
    private int messages;

    AwkwardPeople(Dice dice, List<AwkwardJourney> journeys, String people) {
        this.dice = dice;
        this.journeys = journeys;
        this.people = people;
    }

    List<AwkwardEvent> events() {
        int count = dice.between(5, 30);
        for (int number = 1; number <= count; number++) {
            users.add(people + (dice.is(Feature.ODD_NAME) ? dice.of(AwkwardNames.ODD) : "u") + number);
        }
        users.forEach(this::live);
        journeys.forEach(this::turnAway);
        engageUnknown();
        journeys.forEach(this::finishImport);
        return events;
    }

    private void live(String user) {
        List<AwkwardEntry> own = new ArrayList<>();
        for (AwkwardJourney journey : journeys) {
            int passes = dice.chance(0.6) ? 1 : 0;
            while (passes > 0) {
                own.add(pass(journey, user));
                passes = dice.is(Feature.REENTRY) ? 1 : 0;
            }
        }
        own.forEach(entry -> convert(user, entry));
        if (dice.chance(0.3)) {
            act(user, "signup", dice.instant());
        }
        if (dice.chance(0.2)) {
            ObjectNode data = Json.object().put("userId", user);
            data.putObject("attributes").put("city", "Köln").put("age", 40);
            add("user.profiled", dice.instant(), data);
        }
    }

    private AwkwardEntry pass(AwkwardJourney journey, String user) {
        String odd = dice.is(Feature.ODD_NAME) ? dice.of(AwkwardNames.ODD) : "";
        String entryId = people + "en" + entries.size() + odd;
        AwkwardEntry entry = new AwkwardEntry(dice, this, journey, entryId, user);
        entries.add(entry);
        entry.walk();
        return entry;
    }

    void add(String type, Instant time, ObjectNode data) {
        String id = people + "e" + events.size() + "-" + dice.of(AwkwardNames.ID_TAILS);
        events.add(new AwkwardEvent(type, dice.of(AwkwardNames.SOURCES), id, time, data));
    }

    /** At one instant the running number would always decide: let the tail do it. */
    void addAtOneInstant(String type, Instant time, ObjectNode data) {
        String id = people + "t" + dice.of(AwkwardNames.ID_TAILS) + "-" + events.size();
        events.add(new AwkwardEvent(type, dice.of(AwkwardNames.SOURCES), id, time, data));
    }

    String newMessageId() {
        return people + "m" + messages++;
    }

    private void convert(String user, AwkwardEntry entry) {
        String wanted = wanted(entry.journey);
        if (dice.is(Feature.CONVERSION)) {
            act(user, wanted, entry.startedAt.plus(dice.pause()));
        }
        if (dice.chance(0.3)) {
            act(user, wanted, dice.instant());
        }
        Duration edge = Duration.ofNanos(dice.between(-1, 1));
        if (dice.is(Feature.EDGE_OF_WINDOW)) {
            act(user, wanted, entry.startedAt.plus(edge));
        }
        Instant end = windowEnd(entry);
        if (dice.is(Feature.EDGE_OF_WINDOW) && end != null) {
            act(user, wanted, end.plus(edge));
        }
    }

    private String wanted(AwkwardJourney journey) {
        return journey.definitions().isEmpty()
                ? "purchase"
                : dice.of(journey.definitions()).data().path("conversionEvent").asText("purchase");
    }

    private @Nullable Instant windowEnd(AwkwardEntry entry) {
        Instant exitedAt = entry.exitedAt;
        if (exitedAt == null || entry.journey.definitions().isEmpty()) {
            return null;
        }
        String window = dice.of(entry.journey.definitions())
                .data()
                .path("attributionWindow")
                .asText("PT0S");
        return exitedAt.plus(Duration.parse(window));
    }

    private void act(String user, String name, Instant time) {
        ObjectNode data = Json.object().put("userId", user).put("name", name);
        if (dice.chance(0.6)) {
            data.set("value", money(!dice.is(Feature.NO_CURRENCY)));
        }
        if (dice.chance(0.75)) {
            data.set("attributes", AwkwardJourney.attributes(dice));
        }
        if (time.isBefore(LAST)) {
            addAtOneInstant("user.acted", time, data);
        }
    }

    ObjectNode money(boolean withCurrency) {
        ObjectNode money = Json.object();
        money.set("amount", Json.parse(dice.of(AMOUNTS)));
        String currency = dice.of(List.of("EUR", "EUR", "USD", "JPY"));
        return withCurrency ? money.put("currency", currency) : money;
    }

    private void turnAway(AwkwardJourney journey) {
        while (dice.is(Feature.REJECTED_ENTRY)) {
            ObjectNode data = Json.object().put("journeyId", journey.id()).put("version", dice.of(journey.versions()));
            data.put("reason", dice.of(List.of("capped", "not-eligible", "invalid", "asleep")));
            if (dice.chance(0.7)) {
                data.put("userId", dice.of(users));
            }
            add("journey.entry.rejected", dice.instant(), data);
        }
    }

    private void finishImport(AwkwardJourney journey) {
        ObjectNode data = Json.object().put("journeyId", journey.id()).put("importId", people + "i" + journey.id());
        data.put("connection", "crm").put("total", 10).put("valid", 9).put("invalid", 1);
        if (dice.chance(0.2)) {
            add("journey.import.finished", dice.instant(), data);
        }
    }

    private void engageUnknown() {
        for (int number = 0; number < users.size(); number++) {
            if (dice.is(Feature.UNKNOWN_MESSAGE)) {
                ObjectNode data = Json.object()
                        .put("messageId", people + "nowhere" + number)
                        .put("kind", "clicked");
                add("journey.message.engaged", dice.instant(), data);
            }
        }
    }
}
