package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces of a day are kept from one question to the next: what changes between the two must reach the second. */
final class CutDaysTest {

    private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** The first of an entry's starts counts: it moves from 13 to 11 o'clock, and no whole day's figure with it. */
    @Test
    void seesAnEntryThatMovesWithinTheDay() {
        try (CellSubject cells = new CellSubject()) {
            cells.feed(List.of(entered("a", "e", "2026-03-02T13:00:00Z")));
            assertThat(entriesBeforeNoon(cells)).isZero();
            assertThat(entriesFromNoon(cells)).isEqualTo(1);

            cells.feed(List.of(entered("b", "e", "2026-03-02T11:00:00Z")));
            assertThat(entriesBeforeNoon(cells)).isEqualTo(1);
            assertThat(entriesFromNoon(cells)).isZero();
        }
    }

    @Test
    void seesAnEntryThatComesLate() {
        try (CellSubject cells = new CellSubject()) {
            cells.feed(List.of(entered("a", "e", "2026-03-02T13:00:00Z")));
            assertThat(entriesFromNoon(cells)).isEqualTo(1);

            cells.feed(List.of(entered("b", "f", "2026-03-02T14:00:00Z")));
            assertThat(entriesFromNoon(cells)).isEqualTo(2);
        }
    }

    /** The version's conversion event comes after the purchase: the journey is counted anew. */
    @Test
    void seesADefinitionThatComesLate() {
        try (CellSubject cells = new CellSubject()) {
            cells.feed(List.of(
                    entered("a", "e", "2026-03-02T13:00:00Z"),
                    event(
                            "b",
                            "user.acted",
                            "2026-03-02T14:00:00Z",
                            "\"userId\":\"anna\",\"name\":\"purchase\"")));
            assertThat(fromNoon(cells, "convertedEntries")).isZero();

            cells.feed(List.of(event(
                    "c",
                    "journey.defined",
                    "2026-03-01T00:00:00Z",
                    "\"journeyId\":\"j\",\"version\":1,\"conversionEvent\":\"purchase\"")));
            assertThat(fromNoon(cells, "convertedEntries")).isEqualTo(1);
        }
    }

    private static int entriesBeforeNoon(CellSubject cells) {
        return figure(cells, Instant.parse("2026-03-01T00:00:00Z"), NOON, "entries");
    }

    private static int entriesFromNoon(CellSubject cells) {
        return fromNoon(cells, "entries");
    }

    private static int fromNoon(CellSubject cells, String measure) {
        return figure(cells, NOON, LATER, measure);
    }

    private static int figure(CellSubject cells, Instant from, Instant to, String measure) {
        ReferenceQuery range = ReferenceQuery.all(LATER).between(from, to);
        return cells.figures(FigureRequest.of("j", FigureRequest.Figure.SUMMARY, range))
                .get(measure)
                .intValue();
    }

    private static String entered(String id, String entry, String time) {
        return event(
                id,
                "journey.entered",
                time,
                "\"journeyId\":\"j\",\"version\":1,\"entryId\":\"" + entry + "\",\"userId\":\"anna\"");
    }

    private static String event(String id, String type, String time, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/s\",\"type\":\"" + type + "\",\"time\":\""
                + time + "\",\"data\":{" + data + "}}";
    }
}
