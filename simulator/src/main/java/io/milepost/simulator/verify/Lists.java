package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.Fingerprint;
import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.ListName;
import io.milepost.simulator.truth.Row;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Thing;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import io.milepost.simulator.verify.Findings.Behind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks for the lists behind the figures. */
final class Lists {

    /** Asked for even where the truth has no row. */
    private static final List<String> OF_ANY_JOURNEY = List.of(
            "entries",
            "entryUsers",
            "activeEntries",
            "exits",
            "exitsByReason",
            "exitedUsers",
            "convertedUsers",
            "convertedEntries",
            "conversionEvents",
            "conversionRate",
            "notConverted",
            "openEntries",
            "goalPerformers",
            "goalEvents",
            "activeUsers",
            "messagesSent",
            "messagesFailed",
            "rejectedEntries");

    private final AnalyticsClient analytics;
    private final Ledger ledger;
    private final long minEvents;

    Lists(AnalyticsClient analytics, Ledger ledger, long minEvents) {
        this.analytics = analytics;
        this.ledger = ledger;
        this.minEvents = minEvents;
    }

    /**
     * Holds the lists of a scope to the truth, row by row.
     *
     * @param withNodes also those of nodes that have rows
     */
    void verify(Scope scope, Map<ListName, Fingerprint> expected, boolean withNodes, Findings findings) {
        Set<ListName> names = new LinkedHashSet<>();
        OF_ANY_JOURNEY.forEach(measure -> names.add(new ListName(measure, null)));
        expected.keySet().stream()
                .filter(name -> withNodes || name.node() == null)
                .forEach(names::add);
        names.forEach(name -> verify(scope, name, expected.getOrDefault(name, new Fingerprint()), findings));
    }

    private void verify(Scope scope, ListName name, Fingerprint expected, Findings findings) {
        Fingerprint got = new Fingerprint();
        String told = "";
        try {
            rows(scope, name, got::add);
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            told = String.valueOf(e.getMessage());
        }
        findings.asked(expected.count() + 1);
        if (!told.isEmpty() || !got.sameAs(expected)) {
            String rows = got.count() == expected.count() ? got.count() + ", not the same" : "" + got.count();
            findings.differs(
                    new Difference(
                            "lists",
                            scope.toString(),
                            name + ": rows",
                            Long.toString(expected.count()),
                            told.isEmpty() ? rows : told),
                    behind(scope, name));
        }
    }

    private void rows(Scope scope, ListName name, Consumer<Row> row) {
        List<Parameter> parameters = new ArrayList<>(Question.parameters(scope, minEvents));
        parameters.add(new Parameter("measure", name.measure()));
        String node = name.node();
        if (node != null) {
            parameters.add(new Parameter("node", node));
        }
        Thing thing = name.thing();
        analytics.rows(Question.path(scope, "users"), parameters, json -> row.accept(row(thing, json)));
    }

    private static Row row(Thing thing, JsonNode json) {
        String user = json.path("userId").asText();
        String entry = json.path("entryId").asText(null);
        String entryId = json.path("entryId").asText();
        String message = json.path("messageId").asText();
        return switch (thing) {
            case USER -> Row.ofUser(user, entry);
            case ENTRY -> Row.ofEntry(user, entryId);
            case VISIT -> Row.ofVisit(user, entryId, json.path("nodeId").asText());
            case MESSAGE -> Row.ofMessage(user, entryId, message, time(json));
            case ENGAGEMENT -> Row.ofEngagement(user, message, json.path("kind").asText(), time(json));
            case OUTCOME ->
                Row.ofOutcome(
                        user,
                        entryId,
                        json.path("nodeId").asText(),
                        json.path("outcome").asText(),
                        time(json));
            case EVENT -> Row.ofEvent(user, json.path("event").asText(), time(json));
            case REJECTION -> Row.ofRejection(user, json.path("reason").asText(), time(json));
        };
    }

    private static Instant time(JsonNode json) {
        return Instants.of(json.path("time").asText());
    }

    /** The list that can say why a figure differs; null where no list is behind it. */
    @Nullable
    Behind behind(Scope scope, String figures, String measure) {
        ListName name = ListNames.behind(figures, measure);
        return name == null ? null : behind(scope, name);
    }

    private Behind behind(Scope scope, ListName name) {
        return new Behind(name + " [" + scope + "]", row -> rows(scope, name, row), ledger.list(scope, name));
    }
}
