package io.milepost.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Node;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final EventSource ENGINE = new EventSource("/test");
    private static final JourneyDefined DEFINED = defined("j");
    private static final Scope ALL = Scope.all("j", Instant.parse("2026-05-01T00:00:00Z"));

    private static JourneyDefined defined(String journey) {
        return ENGINE.journeyDefined(
                Instant.parse("2026-01-01T00:00:00Z"),
                new JourneyDefinition(
                        journey,
                        1,
                        null,
                        List.of(new Node("wait", null, "wait", null)),
                        List.of(),
                        List.of(),
                        "purchase",
                        List.of(),
                        null,
                        null,
                        null));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-" + time + ":00Z");
    }

    private static EntryRef entry(String journey, String id) {
        return new EntryRef(journey, 1, id, "ann");
    }

    private static List<String> rows(List<JourneyEvent> events, String measure, String node) {
        return new Ledger(List.of(DEFINED))
                .list(ALL, new ListName(measure, node.isEmpty() ? null : node)).apply(events).stream()
                        .map(Row::text)
                        .toList();
    }

    @Test
    void aListHasARowForEachThingItsFigureCounts() {
        List<JourneyEvent> events = List.of(
                ENGINE.journeyEntered(at("03-02T10:00"), entry("j", "e1")),
                ENGINE.nodeEntered(at("03-02T10:00"), entry("j", "e1"), new VisitRef("wait", "v1")),
                ENGINE.journeyExited(at("03-02T12:00"), entry("j", "e1"), ExitReason.EXPIRED),
                ENGINE.journeyEntered(at("03-03T10:00"), entry("j", "e2")),
                ENGINE.userActed(at("03-04T10:00"), "ann", "purchase"));
        assertThat(rows(events, "entries", "")).containsExactly("ann, entry e1", "ann, entry e2");
        assertThat(rows(events, "entryUsers", "")).containsExactly("ann");
        assertThat(rows(events, "exitsByReason.expired", "")).containsExactly("ann, entry e1");
        assertThat(rows(events, "convertedEntries", "")).containsExactly("ann, entry e1", "ann, entry e2");
        assertThat(rows(events, "conversionEvents", "")).containsExactly("ann, purchase at 2026-03-04T10:00:00Z");
        assertThat(rows(events, "notConverted", "")).isEmpty();
        assertThat(rows(events, "dropped", "wait")).containsExactly("ann");
        assertThat(rows(events, "waiting", "wait")).isEmpty();
    }

    @Test
    void eachListHasAsManyRowsAsItsFigureCounts() {
        List<JourneyEvent> events = List.of(
                ENGINE.journeyEntered(at("03-02T10:00"), entry("j", "e1")),
                ENGINE.journeyEntered(at("03-03T10:00"), entry("j", "e2")),
                ENGINE.userActed(at("03-04T10:00"), "ann", "purchase"));
        Truth truth = new Truth(List.of(DEFINED), List.of(ALL), Set.of(ALL), Map.of(ALL, true), ZoneId.of("UTC"));
        truth.add(events);
        var summary = truth.of(ALL).summary();
        for (String measure : List.of("entries", "entryUsers", "activeEntries", "convertedEntries", "goalEvents")) {
            assertThat(truth.of(ALL)
                            .lists()
                            .getOrDefault(new ListName(measure, null), new Fingerprint())
                            .count())
                    .as(measure)
                    .isEqualTo(summary.path(measure).asLong());
        }
    }

    /** 23:30 UTC at the end of March is April in Berlin; of two entries of one instant the smaller journey id is first. */
    @Test
    void aPersonIsEngagedOnceAMonthOfTheAccountsZone() {
        Truth truth =
                new Truth(List.of(DEFINED, defined("i")), List.of(ALL), Set.of(), Map.of(), ZoneId.of("Europe/Berlin"));
        List<JourneyEvent> events = List.of(
                ENGINE.journeyEntered(at("03-02T10:00"), entry("j", "e1")),
                ENGINE.journeyEntered(at("03-02T10:00"), entry("i", "e2")),
                ENGINE.journeyEntered(at("03-31T23:30"), entry("j", "e3")),
                ENGINE.journeyEntered(at("02-01T10:00"), entry("j", "e4")).asTest());
        truth.add(events);
        var months = truth.engaged().months();
        var march = months.getOrDefault(YearMonth.of(2026, 3), new EngagedTally.Month());
        assertThat(months).containsOnlyKeys(YearMonth.of(2026, 3), YearMonth.of(2026, 4));
        assertThat(march.rows().count()).isEqualTo(1);
        assertThat(march.byJourney()).containsEntry("i", 1L).containsEntry("j", 1L);
        assertThat(new Ledger(List.of(DEFINED))
                        .engaged(YearMonth.of(2026, 3), ZoneId.of("Europe/Berlin")).apply(events).stream()
                                .map(Row::text))
                .containsExactly("ann, engaged by i at 2026-03-02T10:00:00Z");
    }

    @Test
    void namesTheEventsARowIsAbout() {
        List<JourneyEvent> events = List.of(
                ENGINE.userActed(at("03-04T10:00"), "ann", "purchase"),
                ENGINE.journeyEntered(at("03-02T10:00"), entry("j", "e1")),
                ENGINE.journeyEntered(at("03-03T10:00"), entry("j", "e2")));
        assertThat(Ledger.about(Row.ofEntry("ann", "e1"), events)).containsExactly(events.get(1));
        assertThat(Ledger.about(Row.ofEvent("ann", "purchase", at("03-04T10:00")), events))
                .containsExactly(events.get(0));
        assertThat(Ledger.users(events)).containsExactly("ann");
    }
}
