package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.EngagedTally;
import io.milepost.simulator.truth.Fingerprint;
import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.Row;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import io.milepost.simulator.verify.Findings.Behind;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Asks for the monthly engaged persons. There may be others in the account: of the report, the rows of our journeys are
 * ours; of the dashboard, the total is held to the report.
 */
final class EngagedPersons {

    private static final int MOST_JOURNEYS = 10;

    private final AnalyticsClient analytics;
    private final Ledger ledger;
    private final ZoneId zone;
    private final Set<String> journeys;
    private final long minEvents;

    /**
     * @param zone the account's
     * @param journeys of this run
     */
    EngagedPersons(AnalyticsClient analytics, Ledger ledger, ZoneId zone, Set<String> journeys, long minEvents) {
        this.analytics = analytics;
        this.ledger = ledger;
        this.zone = zone;
        this.journeys = journeys;
        this.minEvents = minEvents;
    }

    /** The months touched, and those beside them, which should be empty of us. */
    void verify(EngagedTally expected, Findings findings) {
        Set<YearMonth> months = new TreeSet<>(expected.months().keySet());
        if (!months.isEmpty()) {
            months.add(months.iterator().next().minusMonths(1));
        }
        months.forEach(
                month -> verify(month, expected.months().getOrDefault(month, new EngagedTally.Month()), findings));
    }

    private void verify(YearMonth month, EngagedTally.Month expected, Findings findings) {
        try {
            Fingerprint ours = new Fingerprint();
            long[] all = {0};
            report(month, cells -> {
                all[0]++;
                if (journeys.contains(cells.text("campaignId"))) {
                    ours.add(row(cells));
                }
            });
            findings.asked(expected.rows().count() + 1);
            if (!ours.sameAs(expected.rows())) {
                String rows =
                        ours.count() == expected.rows().count() ? ours.count() + ", not the same" : "" + ours.count();
                findings.differs(
                        difference(
                                month,
                                "report: rows of our journeys",
                                expected.rows().count(),
                                rows),
                        behind(month));
                if (all[0] > ours.count()) {
                    findings.note(
                            "mep [" + month + "]: journeys of others engaged people too; whoever is the same person"
                                    + " is told with the first, so such logs need an analytics each, or a --prefix");
                }
            }
            dashboard(month, expected, all[0], findings);
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            findings.differs(difference(month, "answer", 200, String.valueOf(e.getMessage())), null);
        }
    }

    private void dashboard(YearMonth month, EngagedTally.Month expected, long persons, Findings findings) {
        JsonNode answer = analytics.get("/v1/mep", parameters(month));
        findings.asked(1 + expected.byJourney().size());
        if (answer.path("persons").asLong(-1) != persons) {
            findings.differs(
                    difference(
                            month,
                            "persons, by the rows of the report",
                            persons,
                            answer.path("persons").asText()),
                    null);
        }
        long smallest = answer.path("byJourney").size() < MOST_JOURNEYS ? 0 : Long.MAX_VALUE;
        java.util.Map<String, Long> got = new java.util.TreeMap<>();
        for (JsonNode journey : answer.path("byJourney")) {
            got.put(journey.path("journeyId").asText(), journey.path("persons").asLong());
            smallest = Math.min(smallest, journey.path("persons").asLong());
        }
        for (String id : journeys) {
            long wanted = expected.byJourney().getOrDefault(id, 0L);
            boolean mayBeLeftOut = got.size() >= MOST_JOURNEYS && wanted <= smallest;
            if (got.containsKey(id) ? got.get(id) != wanted : wanted > 0 && !mayBeLeftOut) {
                findings.differs(
                        difference(
                                month,
                                "byJourney: " + id,
                                wanted,
                                got.containsKey(id) ? got.get(id).toString() : "absent"),
                        behind(month));
            }
        }
    }

    private void report(YearMonth month, Consumer<Cells> row) {
        analytics.download("/v1/mep/report", parameters(month), row);
    }

    private Behind behind(YearMonth month) {
        return new Behind(
                "engaged persons of " + month,
                row -> report(month, cells -> {
                    if (journeys.contains(cells.text("campaignId"))) {
                        row.accept(row(cells));
                    }
                }),
                ledger.engaged(month, zone));
    }

    private static Row row(Cells cells) {
        Instant engaged = Instants.of(cells.text("engagedAt"));
        Instant billed = Instants.of(cells.text("billedAt"));
        // Billable on engagement: another instant is told as the wrong one it is.
        return Row.ofEngaged(
                cells.text("personId"), cells.text("campaignId"), billed.equals(engaged) ? engaged : billed);
    }

    private List<Parameter> parameters(YearMonth month) {
        return List.of(new Parameter("month", month.toString()), new Parameter("minEvents", Long.toString(minEvents)));
    }

    private static Difference difference(YearMonth month, String measure, long expected, String got) {
        return new Difference("mep", month.toString(), measure, Long.toString(expected), got);
    }
}
