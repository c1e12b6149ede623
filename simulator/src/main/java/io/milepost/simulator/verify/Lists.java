package io.milepost.simulator.verify;

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
    private final long mostRows;
    private long counted;

    /** @param mostRows longer lists are compared by their number of rows alone */
    Lists(AnalyticsClient analytics, Ledger ledger, long minEvents, long mostRows) {
        this.mostRows = mostRows;
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
        names.forEach(name -> {
            Fingerprint one = expected.getOrDefault(name, new Fingerprint());
            if (one.count() <= mostRows) {
                verify(scope, name, one, findings);
            } else {
                verifyNumber(scope, name, one.count(), findings);
            }
        });
    }

    private void verifyNumber(Scope scope, ListName name, long expected, Findings findings) {
        counted++;
        String got;
        try {
            got = analytics
                    .get(Question.path(scope, "users"), AnalyticsClient.with(parameters(scope, name), "size", "1"))
                    .path("total")
                    .asText();
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            got = String.valueOf(e.getMessage());
        }
        findings.asked(1);
        if (!got.equals(Long.toString(expected))) {
            findings.differs(
                    new Difference("lists", scope.toString(), name + ": total", Long.toString(expected), got),
                    behind(scope, name));
        }
    }

    long mostRows() {
        return mostRows;
    }

    /** How many lists were too long to be compared row by row. */
    long counted() {
        return counted;
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
        Thing thing = name.thing();
        analytics.rows(Question.path(scope, "users"), parameters(scope, name), cells -> row.accept(row(thing, cells)));
    }

    private List<Parameter> parameters(Scope scope, ListName name) {
        List<Parameter> parameters = new ArrayList<>(Question.parameters(scope, minEvents));
        parameters.add(new Parameter("measure", name.measure()));
        String node = name.node();
        if (node != null) {
            parameters.add(new Parameter("node", node));
        }
        return parameters;
    }

    private static Row row(Thing thing, Cells cells) {
        String user = cells.text("userId");
        String entry = cells.of("entryId");
        String entryId = entry == null ? "" : entry;
        String message = cells.text("messageId");
        return switch (thing) {
            case USER -> Row.ofUser(user, entry);
            case ENTRY -> Row.ofEntry(user, entryId);
            case VISIT -> Row.ofVisit(user, entryId, cells.text("nodeId"));
            case MESSAGE -> Row.ofMessage(user, entryId, message, time(cells));
            case ENGAGEMENT -> Row.ofEngagement(user, message, cells.text("kind"), time(cells));
            case OUTCOME -> Row.ofOutcome(user, entryId, cells.text("nodeId"), cells.text("outcome"), time(cells));
            case EVENT -> Row.ofEvent(user, cells.text("event"), time(cells));
            case REJECTION -> Row.ofRejection(user, cells.text("reason"), time(cells));
        };
    }

    private static Instant time(Cells cells) {
        return Instants.of(cells.text("time"));
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
