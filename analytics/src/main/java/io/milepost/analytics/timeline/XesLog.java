package io.milepost.analytics.timeline;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.fold.EntryFold;
import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.OutcomeFact;
import io.milepost.analytics.fold.VisitFact;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.analytics.history.Text;
import io.milepost.analytics.measure.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Entries folded some at a time, and told as traces. */
final class XesLog {

    private static final int ENTRIES_AT_ONCE = 500;

    private final CellProjection projection;
    private final String journeyId;
    private final Scope scope;

    XesLog(CellProjection projection, String journeyId, Scope scope) {
        this.projection = projection;
        this.journeyId = journeyId;
        this.scope = scope;
    }

    void write(OutputStream out) throws IOException {
        List<Integer> entries = projection.read(this::entries);
        XesWriter xes = new XesWriter(out, journeyId);
        for (int from = 0; from < entries.size(); from += ENTRIES_AT_ONCE) {
            List<Integer> some = entries.subList(from, Math.min(from + ENTRIES_AT_ONCE, entries.size()));
            List<XesTrace> traces = projection.read(cells ->
                    some.stream().map(entry -> new Trace(cells, entry).told()).toList());
            for (XesTrace trace : traces) {
                xes.trace(trace);
            }
        }
        xes.end();
    }

    /** By start and id, so that no order of arrival shows. */
    private List<Integer> entries(Cells cells) {
        Histories histories = cells.histories();
        Journey journey = histories.journey(journeyId);
        if (journey == null) {
            return List.of();
        }
        return IntStream.range(0, histories.entryCount())
                .filter(entry -> histories.journeyOf(entry) == journey && isWanted(cells, journey, entry))
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(histories::startedAt)
                        .thenComparing(entry -> Text.of(histories.entryId(entry))))
                .toList();
    }

    private boolean isWanted(Cells cells, Journey journey, int entry) {
        Histories histories = cells.histories();
        EntryScope of = cells.of(journey).scopes().get(histories.scopeOf(entry));
        return scope.covers(Nanos.toInstant(histories.startedAt(entry)))
                && scope.wants(of.version(), variant(journey, of.variant()), of.test());
    }

    private static @Nullable String variant(Journey journey, int variant) {
        return variant < 0 ? null : journey.variants().name(variant);
    }

    /** One entry, for the time of one read. */
    private static final class Trace {

        private final Histories histories;
        private final Journey journey;
        private final EntryFacts facts;
        private final List<XesTrace.Event> events = new ArrayList<>();

        Trace(Cells cells, int entry) {
            this.histories = cells.histories();
            this.journey = histories.journeyOf(entry);
            this.facts = EntryFold.fold(histories, entry);
        }

        XesTrace told() {
            EntryHead head = facts.head();
            add("journey entered", "complete", head.startedAt());
            facts.visits().forEach(this::add);
            facts.messages().forEach(this::add);
            facts.outcomes().forEach(this::add);
            if (head.exited()) {
                add("journey exited", "complete", head.exitedAt())
                        .with("reason", name(histories.words(), head.reason()));
            }
            // Of one instant, they stay in the order in which they were added.
            events.sort(Comparator.comparingLong(XesTrace.Event::time));
            return new XesTrace(
                    histories.entryId(head.entry()),
                    histories.userId(head.user()),
                    head.version(),
                    variant(journey, head.variant()),
                    head.test(),
                    events);
        }

        private XesTrace.Event add(String name, String transition, long time) {
            XesTrace.Event event = new XesTrace.Event(name, transition, time);
            events.add(event);
            return event;
        }

        private void add(VisitFact visit) {
            String node = journey.nodes().name(visit.node());
            String id = visit.visit().toString();
            if (visit.enterKnown()) {
                add(node, "start", visit.enteredAt()).with("concept:instance", id);
            }
            if (visit.leftAt() != Histories.NEVER) {
                String how = visit.state() == VisitFact.State.CANCELLED ? "ate_abort" : "complete";
                add(node, how, visit.leftAt())
                        .with("concept:instance", id)
                        .with("outcome", name(journey.outcomes(), visit.outcome()));
            }
        }

        private void add(MessageFact message) {
            String channel = histories.words().name(message.channel());
            of(message, add(channel + (message.sent() ? " sent" : " failed"), "complete", message.time()))
                    .with("platform", name(histories.words(), message.platform()))
                    .with("reason", name(histories.words(), message.reason()))
                    .with("cost", message.cost() == null ? null : message.cost().toPlainString())
                    .with("currency", name(histories.words(), message.currency()));
            for (MessageFact.Engagement engagement : message.engagements()) {
                String kind = histories.words().name(engagement.kind());
                of(message, add(channel + " " + kind, "complete", engagement.time()))
                        .with(
                                "link",
                                engagement.link() == null
                                        ? null
                                        : engagement.link().toString())
                        .with("machine", engagement.machine() ? "true" : null);
            }
        }

        private XesTrace.Event of(MessageFact message, XesTrace.Event event) {
            return event.with("nodeId", journey.nodes().name(message.node()))
                    .with("messageId", histories.messageId(message.message()))
                    .with("channel", histories.words().name(message.channel()));
        }

        private void add(OutcomeFact outcome) {
            Object value = outcome.value();
            add(journey.outcomes().name(outcome.name()), "complete", outcome.time())
                    .with("nodeId", journey.nodes().name(outcome.node()))
                    .with("value", value == null ? null : value.toString());
        }

        private static @Nullable String name(Names names, int number) {
            return number < 0 ? null : names.name(number);
        }
    }
}
