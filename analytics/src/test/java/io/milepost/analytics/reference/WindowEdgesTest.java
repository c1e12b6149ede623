package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What generated streams seldom decide by: a conversion at the very first, and the very last, instant that counts. */
final class WindowEdgesTest {

    private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");

    /** All are inside from 10 to 12 o'clock; the window is 24 hours. */
    @Test
    void bothEndsOfTheWindowConvertAndANanosecondBeyondDoesNot() {
        List<String> events = new ArrayList<>();
        events.add(event(
                "journey.defined",
                "2026-03-01T00:00:00Z",
                "\"journeyId\":\"j\",\"version\":1,\"conversionEvent\":\"purchase\",\"attributionWindow\":\"PT24H\""));
        buyer(events, "before", "2026-03-02T09:59:59.999999999Z");
        buyer(events, "at-start", "2026-03-02T10:00:00Z");
        buyer(events, "at-end", "2026-03-03T12:00:00Z");
        buyer(events, "after", "2026-03-03T12:00:00.000000001Z");
        try (CellSubject cells = new CellSubject()) {
            cells.feed(events);

            JsonNode summary =
                    cells.figures(FigureRequest.of("j", FigureRequest.Figure.SUMMARY, ReferenceQuery.all(LATER)));

            assertThat(summary.get("entries").intValue()).isEqualTo(4);
            assertThat(summary.get("convertedUsers").intValue()).isEqualTo(2);
            assertThat(summary.get("convertedEntries").intValue()).isEqualTo(2);
            assertThat(summary.get("conversionEvents").intValue()).isEqualTo(2);
            assertThat(summary.get("exits").intValue()).isEqualTo(2);
            assertThat(summary.get("goalEvents").intValue()).isEqualTo(3);
        }
    }

    private static void buyer(List<String> events, String user, String bought) {
        String entry = "\"journeyId\":\"j\",\"version\":1,\"entryId\":\"" + user + "\",\"userId\":\"" + user + "\"";
        events.add(event("journey.entered", "2026-03-02T10:00:00Z", entry));
        events.add(event("journey.exited", "2026-03-02T12:00:00Z", entry + ",\"reason\":\"completed\""));
        events.add(event("user.acted", bought, "\"userId\":\"" + user + "\",\"name\":\"purchase\""));
    }

    private static String event(String type, String time, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + Integer.toHexString((type + data).hashCode())
                + "\",\"source\":\"/s\",\"type\":\"" + type + "\",\"time\":\"" + time + "\",\"data\":{" + data + "}}";
    }
}
