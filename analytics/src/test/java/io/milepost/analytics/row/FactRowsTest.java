package io.milepost.analytics.row;

import static io.milepost.analytics.row.Events.entry;
import static io.milepost.analytics.row.Events.event;
import static io.milepost.analytics.row.Events.ofEntry;
import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.store.ConversionRow;
import io.milepost.analytics.store.EntryRow;
import io.milepost.analytics.store.EntryRows;
import io.milepost.analytics.store.MessageRow;
import io.milepost.analytics.store.VisitRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactRowsTest {

    private static final String DEFINED = event(
            "d",
            "journey.defined",
            "2026-03-01T00:00:00Z",
            "\"journeyId\": \"welcome\", \"version\": 1, \"conversionEvent\": \"bought\","
                    + " \"attributionWindow\": \"PT24H\"");

    @Test
    void tellsAnEntryFromItsStartToItsExit() {
        List<EntryRows> rows = rows(
                DEFINED,
                ofEntry("1", "journey.entered", "2026-03-01T10:00:00.000000001Z", "\"variant\": \"A\""),
                ofEntry(
                        "2",
                        "journey.exited",
                        "2026-03-01T12:00:00Z",
                        "\"reason\": \"completed\", \"nodeId\": \"end\""));

        assertThat(rows)
                .containsExactly(new EntryRows(
                        new EntryRow(
                                "welcome",
                                "e-1",
                                "ann",
                                1,
                                "A",
                                false,
                                at("2026-03-01T10:00:00Z") + 1,
                                at("2026-03-01T12:00:00Z"),
                                "completed",
                                "end",
                                null),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void givesCompletedVisitsTheirDuration() {
        // 10:00:00 to 10:00:01.5 = 1.5 s; the second was cancelled, the third never left before the exit
        EntryRows rows = rows(
                        ofEntry(
                                "1",
                                "journey.node.entered",
                                "2026-03-01T10:00:00Z",
                                "\"nodeId\": \"a\", \"visitId\": \"v1\""),
                        ofEntry(
                                "2",
                                "journey.node.exited",
                                "2026-03-01T10:00:01.5Z",
                                "\"nodeId\": \"a\", \"visitId\": \"v1\", \"outcome\": \"yes\""),
                        ofEntry(
                                "3",
                                "journey.node.entered",
                                "2026-03-01T10:00:02Z",
                                "\"nodeId\": \"b\", \"visitId\": \"v2\", \"edgeId\": \"a-b\""),
                        ofEntry(
                                "4",
                                "journey.node.exited",
                                "2026-03-01T10:00:03Z",
                                "\"nodeId\": \"b\", \"visitId\": \"v2\", \"cancelled\": true"),
                        ofEntry(
                                "5",
                                "journey.node.entered",
                                "2026-03-01T10:00:04Z",
                                "\"nodeId\": \"c\", \"visitId\": \"v3\""),
                        ofEntry("6", "journey.exited", "2026-03-01T10:00:05Z", "\"reason\": \"expired\""))
                .get(0);

        assertThat(rows.visits())
                .containsExactly(
                        new VisitRow(
                                "v1",
                                "a",
                                null,
                                null,
                                at("2026-03-01T10:00:00Z"),
                                at("2026-03-01T10:00:01.5Z"),
                                "yes",
                                "completed",
                                1_500_000_000L),
                        new VisitRow(
                                "v2",
                                "b",
                                "a",
                                "a-b",
                                at("2026-03-01T10:00:02Z"),
                                at("2026-03-01T10:00:03Z"),
                                null,
                                "cancelled",
                                null),
                        new VisitRow("v3", "c", "b", null, at("2026-03-01T10:00:04Z"), null, null, "closed", null));
        assertThat(rows.entry().exitNodeId()).isEqualTo("c");
    }

    @Test
    void countsWhatWasDoneWithAMessage() {
        // failed, then sent: sent, at 10:01; opened by people twice, by a scanner once; one word of our own
        String message = "\"nodeId\": \"mail\", \"messageId\": \"m-1\", \"channel\": \"email\"";
        EntryRows rows = rows(
                        ofEntry(
                                "1",
                                "journey.message.failed",
                                "2026-03-01T10:00:00Z",
                                message + ", \"reason\": \"busy\""),
                        ofEntry(
                                "2",
                                "journey.message.sent",
                                "2026-03-01T10:01:00Z",
                                message
                                        + ", \"platform\": \"web\", \"cost\": {\"amount\": \"0.0015\", \"currency\": \"EUR\"}"),
                        engaged("3", "opened", false),
                        engaged("4", "opened", false),
                        engaged("5", "opened", true),
                        engaged("6", "forwarded", false))
                .get(0);

        assertThat(rows.messages())
                .containsExactly(new MessageRow(
                        "m-1",
                        false,
                        "mail",
                        true,
                        at("2026-03-01T10:01:00Z"),
                        "email",
                        "web",
                        new BigDecimal("0.0015"),
                        "EUR",
                        null,
                        Map.of("opened", 2, "forwarded", 1),
                        1));
    }

    @Test
    void listsEveryEventThatConvertsUpToTheEdgeOfTheWindow() {
        // exit at 12:00 and 24 h: the next day at 12:00 converts, a nanosecond later no more; before the start neither
        EntryRows rows = rows(
                        DEFINED,
                        ofEntry("1", "journey.entered", "2026-03-01T10:00:00Z", ""),
                        ofEntry("2", "journey.exited", "2026-03-01T12:00:00Z", "\"reason\": \"completed\""),
                        bought("3", "2026-03-01T09:59:59Z", ""),
                        bought("4", "2026-03-01T10:00:00Z", ", \"value\": {\"amount\": 12.5, \"currency\": \"EUR\"}"),
                        bought("5", "2026-03-02T12:00:00Z", ""),
                        bought("6", "2026-03-02T12:00:00.000000001Z", ""))
                .get(0);

        assertThat(rows.conversions())
                .containsExactly(
                        new ConversionRow(
                                "/engines/test",
                                "4",
                                "bought",
                                at("2026-03-01T10:00:00Z"),
                                new BigDecimal("12.5"),
                                "EUR"),
                        new ConversionRow("/engines/test", "5", "bought", at("2026-03-02T12:00:00Z"), null, null));
        assertThat(rows.entry().convertedAt()).isEqualTo(at("2026-03-01T10:00:00Z"));
    }

    @Test
    void givesAMessageOfTwoEntriesToTheOneThatCameFirst() {
        String message = ", \"nodeId\": \"mail\", \"messageId\": \"m-1\", \"channel\": \"email\"";
        List<EntryRows> rows = rows(
                event("1", "journey.message.sent", "2026-03-01T10:01:00Z", entry("late", "ann") + message),
                event("2", "journey.message.sent", "2026-03-01T10:00:00Z", entry("early", "bob") + message));

        assertThat(rows).extracting(row -> row.entry().entryId()).containsExactly("late", "early");
        assertThat(rows.get(0).messages()).isEmpty();
        assertThat(rows.get(1).messages()).hasSize(1);
        assertThat(rows.get(1).messages().get(0).wanders()).isTrue();
    }

    private static String engaged(String id, String kind, boolean machine) {
        return event(
                id,
                "journey.message.engaged",
                "2026-03-01T10:05:00Z",
                "\"messageId\": \"m-1\", \"kind\": \"%s\", \"machine\": %s".formatted(kind, machine));
    }

    private static String bought(String id, String time, String more) {
        return event(id, "user.acted", time, "\"userId\": \"ann\", \"name\": \"bought\"" + more);
    }

    private static List<EntryRows> rows(String... events) {
        CellProjection projection = new CellProjection();
        projection.apply(new Block(1, 0, Instant.EPOCH, Events.read(List.of(events))));
        return KnownRows.inOrder(projection);
    }

    private static long at(String instant) {
        return Nanos.of(Instant.parse(instant));
    }
}
