package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.CellCalls;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.JourneyCalls.CallNode;
import io.milepost.analytics.measure.JourneyCalls.CallPath;
import io.milepost.analytics.measure.JourneyCalls.CallPoint;
import io.milepost.analytics.measure.JourneyCalls.Calls;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.Rate;
import io.milepost.analytics.measure.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls are entries, and paths are transitions split by the option pressed. */
class CallLawsTest {

    private final List<String> events = new ArrayList<>();

    /**
     * Four calls. Anna presses 1 and hears her balance; Ben presses 2, then 1, and talks to somebody; Cleo presses 2 and
     * hangs up in the second menu; Anna calls again and hangs up in the first. By hand: 4 calls of 3 callers, 2 of them
     * completed.
     */
    @Test
    void tellsHowCallersMoveThroughTheMenu() {
        call("c1", "anna", 1);
        visit("c1", "anna", "menu", "1", 2);
        visit("c1", "anna", "balance", null, 3);
        end("c1", "anna", "completed", 4);
        call("c2", "ben", 11);
        visit("c2", "ben", "menu", "2", 12);
        visit("c2", "ben", "service", "1", 13);
        visit("c2", "ben", "agent", null, 14);
        end("c2", "ben", "completed", 15);
        call("c3", "cleo", 21);
        visit("c3", "cleo", "menu", "2", 22);
        arrive("c3", "cleo", "service", 23);
        end("c3", "cleo", "cancelled", 24);
        call("c4", "anna", 31);
        arrive("c4", "anna", "menu", 32);
        end("c4", "anna", "cancelled", 33);

        Calls calls = calls();

        assertThat(calls.calls()).isEqualTo(4);
        assertThat(calls.callers()).isEqualTo(3);
        assertThat(calls.callsByReason()).isEqualTo(Map.of("completed", 2L, "cancelled", 2L));
        assertThat(calls.completionRate()).isEqualTo(new Rate(50.0, 2, 4));
        assertThat(calls.points()).containsExactly(new CallPoint(Instant.parse("2026-03-02T00:00:00Z"), 4, 3, 2));
        assertThat(calls.paths())
                .containsExactly(
                        new CallPath(null, null, "menu", 4, 3),
                        new CallPath("agent", null, null, 1, 1),
                        new CallPath("balance", null, null, 1, 1),
                        new CallPath("menu", null, null, 1, 1),
                        new CallPath("menu", "1", "balance", 1, 1),
                        new CallPath("menu", "2", "service", 2, 2),
                        new CallPath("service", null, null, 1, 1),
                        new CallPath("service", "1", "agent", 1, 1));
        CallNode service = calls.nodes().stream()
                .filter(node -> node.nodeId().equals("service"))
                .findFirst()
                .orElseThrow();
        // Ben got past it, Cleo did not.
        assertThat(service.dropOffRate()).isEqualTo(new Rate(50.0, 1, 2));
    }

    /** The option becomes known only after the next node, and even after the end. */
    @Test
    void anOptionThatComesLateMovesThePath() {
        call("c1", "anna", 1);
        arrive("c1", "anna", "menu", 2);
        arrive("c1", "anna", "balance", 5);
        end("c1", "anna", "completed", 6);
        try (CellSubject subject = new CellSubject()) {
            subject.feed(events);
            events.clear();
            leave("c1", "anna", "menu", "1", 4);
            leave("c1", "anna", "balance", "repeat", 6);
            subject.feed(events);
            assertThat(calls(subject).paths())
                    .containsExactly(
                            new CallPath(null, null, "menu", 1, 1),
                            new CallPath("balance", "repeat", null, 1, 1),
                            new CallPath("menu", "1", "balance", 1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"LATEST_FIRST", "SHUFFLED_IN_ODD_BATCHES"})
    void callsAreTheSummaryTheNodesAndTheTransitions(Delivery delivery) {
        long first = Long.getLong("milepost.seed", 1);
        LongStream.range(first, first + Long.getLong("milepost.seeds", 3)).forEach(seed -> {
            List<String> stream = AwkwardStreams.of(seed).events();
            try (CellSubject subject = CellSubject.fed(seed, delivery, stream)) {
                CellSubject.summaryQueries(seed, stream).forEach(query -> check(subject, query, "seed " + seed));
            }
        });
    }

    private static void check(CellSubject subject, MeasureQuery query, String seed) {
        String asked = seed + ", " + query;
        CellFigures figures = new CellFigures(subject.projection());
        JourneySummary summary = figures.summary(query);
        List<NodeFigures> nodes = figures.nodes(query);
        Calls calls = new CellCalls(subject.projection()).calls(query, Bucket.MONTH);
        assertThat(calls.calls()).as(asked).isEqualTo(summary.entries());
        assertThat(calls.callsByReason()).as(asked).isEqualTo(summary.exitsByReason());
        assertThat(calls.points().stream().mapToLong(CallPoint::calls).sum())
                .as(asked)
                .isEqualTo(summary.entries());
        assertThat(calls.points().stream().mapToLong(CallPoint::completed).sum())
                .as(asked)
                .isEqualTo(calls.completionRate().numerator());
        assertThat(calls.nodes().stream().map(CallNode::outcomes).toList())
                .as(asked)
                .isEqualTo(nodes.stream().map(NodeFigures::outcomes).toList());
        Map<String, Long> transitions = new TreeMap<>();
        for (Transition transition : figures.transitions(query)) {
            transitions.merge(transition.from() + " " + transition.to(), transition.count(), Long::sum);
        }
        Map<String, Long> exits = new TreeMap<>();
        nodes.stream().filter(node -> node.exitCount() > 0).forEach(node -> exits.put(node.nodeId(), node.exitCount()));
        Map<String, Long> ways = new TreeMap<>();
        Map<String, Long> ends = new TreeMap<>();
        for (CallPath path : calls.paths()) {
            assertThat(path.users()).as(asked).isBetween(1L, path.count());
            if (path.to() == null) {
                ends.merge(String.valueOf(path.from()), path.count(), Long::sum);
            } else {
                ways.merge(path.from() + " " + path.to(), path.count(), Long::sum);
            }
        }
        assertThat(ways).as(asked).isEqualTo(transitions);
        assertThat(ends).as(asked).isEqualTo(exits);
    }

    private Calls calls() {
        try (CellSubject subject = new CellSubject()) {
            subject.feed(events);
            return calls(subject);
        }
    }

    private static Calls calls(CellSubject subject) {
        return new CellCalls(subject.projection())
                .calls(
                        new MeasureQuery("hotline", io.milepost.analytics.measure.Scope.allTime(Instant.EPOCH)),
                        Bucket.DAY);
    }

    private void call(String entry, String user, int second) {
        event("journey.entered", entry, user, second, "");
    }

    private void end(String entry, String user, String reason, int second) {
        event("journey.exited", entry, user, second, ",\"reason\":\"" + reason + "\"");
    }

    /** Arrives and leaves. */
    private void visit(String entry, String user, String node, @Nullable String option, int second) {
        arrive(entry, user, node, second);
        leave(entry, user, node, option, second);
    }

    private void arrive(String entry, String user, String node, int second) {
        event(
                "journey.node.entered",
                entry,
                user,
                second,
                ",\"nodeId\":\"" + node + "\",\"visitId\":\"" + node + "\",\"sequence\":1");
    }

    private void leave(String entry, String user, String node, @Nullable String option, int second) {
        event(
                "journey.node.exited",
                entry,
                user,
                second,
                ",\"nodeId\":\"" + node + "\",\"visitId\":\"" + node + "\",\"sequence\":2"
                        + (option == null ? "" : ",\"outcome\":\"" + option + "\""));
    }

    private void event(String type, String entry, String user, int second, String more) {
        events.add("{\"specversion\":\"1.0\",\"id\":\"" + entry + type + second + more.hashCode()
                + "\",\"source\":\"/engines/test\",\"type\":\"" + type + "\",\"time\":\"2026-03-02T10:00:"
                + (second < 10 ? "0" : "") + second
                + "Z\",\"data\":{\"journeyId\":\"hotline\",\"version\":1,\"entryId\":\""
                + entry + "\",\"userId\":\"" + user + "\"" + more + "}}");
    }
}
