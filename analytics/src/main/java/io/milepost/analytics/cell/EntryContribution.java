package io.milepost.analytics.cell;

import static io.milepost.analytics.cell.Contribution.NOBODY;

import io.milepost.analytics.fold.EntryFacts;
import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.OutcomeFact;
import io.milepost.analytics.fold.VisitFact;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Names;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one entry's facts add to which cells: the definitions of the measures that are sums and unions over entries.
 * Whatever is counted has two cells: by cohort under the day the entry started, by activity under the day of the deed.
 */
final class EntryContribution {

    private static final boolean COHORT = false;
    private static final boolean ACTIVITY = true;

    /** What {@link #course} puts, other than who was touched. */
    static final Set<What> OF_COURSE =
            EnumSet.of(What.ENTRY, What.ACTIVE_ENTRY, What.EXIT, What.CONVERTED_ENTRY, What.OPEN);

    private final JourneyCells cells;
    private final StageProgress stages;
    private final int completed;
    private final Set<Integer> engaging;

    EntryContribution(JourneyCells cells, StageProgress stages, Names words) {
        this.cells = cells;
        this.stages = stages;
        this.completed = words.intern("completed");
        this.engaging =
                Set.of(words.intern("shown"), words.intern("opened"), words.intern("clicked"), words.intern("replied"));
    }

    /** All that the entry contributes. */
    void all(EntryState entry, Contribution into) {
        difference(null, entry, into, into);
    }

    /** What the entry contributed and no longer does goes to {@code gone}, what it does now to {@code come}. */
    void difference(@Nullable EntryState old, EntryState now, Contribution gone, Contribution come) {
        if (old == null || !old.sameHead(now)) {
            if (old != null) {
                head(old, gone);
            }
            head(now, come);
        }
        boolean same = old != null && old.sameContext(now);
        each(same, old, now, EntryFacts::visits, this::visit, gone, come);
        each(same, old, now, EntryFacts::messages, this::message, gone, come);
        each(same, old, now, EntryFacts::outcomes, this::outcome, gone, come);
        stages(same, old, now, gone, come);
    }

    /** Puts what one fact of an entry contributes. */
    private interface Part<F> {
        void put(EntryState entry, F fact, Contribution into);
    }

    private static <F> void each(
            boolean same,
            @Nullable EntryState old,
            EntryState now,
            Function<EntryFacts, List<F>> facts,
            Part<F> part,
            Contribution gone,
            Contribution come) {
        List<F> before = old == null ? List.of() : facts.apply(old.facts());
        List<F> after = facts.apply(now.facts());
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (same && i < before.size() && i < after.size() && before.get(i).equals(after.get(i))) {
                continue;
            }
            if (old != null && i < before.size()) {
                part.put(old, before.get(i), gone);
            }
            if (i < after.size()) {
                part.put(now, after.get(i), come);
            }
        }
    }

    private void stages(boolean same, @Nullable EntryState old, EntryState now, Contribution gone, Contribution come) {
        if (stages.count() == 0) {
            return;
        }
        int[] after = stages.of(now, completed);
        if (old != null) {
            int[] before = stages.of(old, completed);
            boolean active = old.facts().head().exited() == now.facts().head().exited();
            if (same && active && Arrays.equals(before, after)) {
                return;
            }
            stages(old, before, gone);
        }
        stages(now, after, come);
    }

    private void head(EntryState entry, Contribution into) {
        into.about(entry);
        course(entry.course(), into);
        EntryHead head = entry.facts().head();
        if (head.exited()) {
            exit(entry, head, into);
        }
    }

    /** The part of {@link #all} that asks for no more than where the entry began and ended, and whether it is converted. */
    void course(EntryCourse entry, Contribution into) {
        put(into, entry, What.ENTRY, COHORT, -1, -1, -1, entry.startedAt(), 1, entry.user());
        put(into, entry, What.TOUCHED, ACTIVITY, -1, -1, -1, entry.startedAt(), 0, entry.user());
        if (entry.converted()) {
            put(into, entry, What.CONVERTED_ENTRY, COHORT, -1, -1, -1, entry.startedAt(), 1, entry.user());
            put(into, entry, What.CONVERTED_ENTRY, ACTIVITY, -1, -1, -1, entry.convertedAt(), 1, NOBODY);
        } else if (entry.convertible()) {
            int open = slot(entry, What.OPEN, COHORT, -1, -1, -1);
            into.put(open, entry.startedAt(), entry.deadline(), 1, NOBODY);
        }
        if (!entry.exited()) {
            put(into, entry, What.ACTIVE_ENTRY, COHORT, -1, -1, -1, entry.startedAt(), 1, NOBODY);
            return;
        }
        touch(into, entry, entry.exitedAt());
        if (!entry.converted()) {
            two(into, entry, What.EXIT, -1, -1, -1, entry.exitedAt(), 1, NOBODY);
        }
    }

    private void exit(EntryState entry, EntryHead head, Contribution into) {
        EntryCourse course = entry.course();
        two(into, course, What.EXIT_BY_REASON, -1, head.reason(), -1, head.exitedAt(), 1, head.user());
        if (head.exitNode() >= 0) {
            two(into, course, What.EXIT_AT, head.exitNode(), head.exitOutcome(), -1, head.exitedAt(), 1, head.user());
            if (!course.converted()) {
                two(into, course, What.EXIT_UNCONVERTED_AT, head.exitNode(), -1, -1, head.exitedAt(), 1, NOBODY);
            }
        }
    }

    private void visit(EntryState entry, VisitFact visit, Contribution into) {
        EntryCourse course = entry.course();
        int user = course.user();
        int node = visit.node();
        into.about(entry, visit);
        two(into, course, What.VISIT, node, -1, -1, visit.enteredAt(), 1, user);
        int way = cells.way(visit.edge(), visit.fromOutcome());
        two(into, course, What.TRANSITION, node, visit.from(), way, visit.enteredAt(), 1, user);
        touch(into, course, visit.enteredAt());
        if (visit.leftAt() != Histories.NEVER) {
            touch(into, course, visit.leftAt());
            if (visit.outcome() >= 0) {
                two(into, course, What.OUTCOME, node, visit.outcome(), -1, visit.leftAt(), 1, user);
            }
        }
        switch (visit.state()) {
            case COMPLETED -> completed(course, visit, into);
            case CANCELLED -> closed(course, What.CANCELLED, node, into);
            case ACTIVE -> two(into, course, What.ACTIVE_VISIT, node, -1, -1, visit.enteredAt(), 1, user);
            case CLOSED -> closed(course, What.CLOSED, node, into);
        }
    }

    private void closed(EntryCourse entry, What how, int node, Contribution into) {
        put(into, entry, how, COHORT, node, -1, -1, entry.startedAt(), 1, NOBODY);
    }

    private void completed(EntryCourse entry, VisitFact visit, Contribution into) {
        int node = visit.node();
        two(into, entry, What.COMPLETED, node, -1, -1, visit.leftAt(), 1, entry.user());
        put(into, entry, What.COMPLETED_OF_ENTERED, ACTIVITY, node, -1, -1, visit.enteredAt(), 0, entry.user());
        if (visit.enterKnown()) {
            long nanos = Math.max(0, visit.leftAt() - visit.enteredAt());
            into.put(slot(entry, What.DURATION, COHORT, node, -1, -1), entry.startedAt(), nanos, 1, NOBODY);
            into.put(slot(entry, What.DURATION, ACTIVITY, node, -1, -1), visit.leftAt(), nanos, 1, NOBODY);
        }
    }

    private void message(EntryState entry, MessageFact message, Contribution into) {
        EntryCourse course = entry.course();
        int user = course.user();
        What status = message.sent() ? What.SENT : What.FAILED;
        into.about(entry, message);
        two(into, course, status, message.node(), message.channel(), message.platform(), message.time(), 1, user);
        What reached = message.sent() ? What.SENT_USER : What.FAILED_USER;
        two(into, course, reached, message.node(), -1, -1, message.time(), 0, user);
        touch(into, course, message.time());
        if (!message.sent()) {
            return;
        }
        int carrier = cells.carrier(message.channel(), message.platform());
        if (message.cost() != null) {
            into.pay(
                    slot(course, What.COST, COHORT, message.node(), message.currency(), carrier),
                    course.startedAt(),
                    message.cost());
            into.pay(
                    slot(course, What.COST, ACTIVITY, message.node(), message.currency(), carrier),
                    message.time(),
                    message.cost());
        }
        for (MessageFact.Engagement engagement : message.engagements()) {
            engagement(entry, message, engagement, carrier, into);
        }
    }

    private void engagement(
            EntryState entry, MessageFact message, MessageFact.Engagement engagement, int carrier, Contribution into) {
        EntryCourse course = entry.course();
        int user = course.user();
        int node = message.node();
        long at = engagement.time();
        into.about(entry, message, engagement);
        touch(into, course, at);
        if (engagement.machine()) {
            two(into, course, What.ENGAGED_BY_MACHINE, node, engagement.kind(), carrier, at, 1, NOBODY);
            return;
        }
        two(into, course, What.ENGAGED, node, engagement.kind(), carrier, at, 1, user);
        two(into, course, What.ENGAGED_KIND_USER, node, engagement.kind(), -1, at, 0, user);
        if (engaging.contains(engagement.kind())) {
            two(into, course, What.ENGAGED_USER, -1, -1, -1, at, 0, user);
        }
    }

    private void outcome(EntryState entry, OutcomeFact outcome, Contribution into) {
        EntryCourse course = entry.course();
        into.about(entry, outcome);
        two(into, course, What.OUTCOME, outcome.node(), outcome.name(), -1, outcome.time(), 1, course.user());
        touch(into, course, outcome.time());
    }

    private void stages(EntryState entry, int[] progress, Contribution into) {
        EntryCourse course = entry.course();
        into.about(entry);
        for (int stage = 0; stage < progress.length; stage++) {
            if (progress[stage] != 0) {
                put(into, course, What.STAGE_ENTERED, COHORT, -1, stage, -1, course.startedAt(), 0, course.user());
                if (!course.exited()) {
                    put(into, course, What.STAGE_ACTIVE, COHORT, -1, stage, -1, course.startedAt(), 0, course.user());
                }
            }
            if (progress[stage] == 3) {
                put(into, course, What.STAGE_COMPLETED, COHORT, -1, stage, -1, course.startedAt(), 0, course.user());
            }
        }
    }

    private void touch(Contribution into, EntryCourse entry, long at) {
        put(into, entry, What.TOUCHED, ACTIVITY, -1, -1, -1, at, 0, entry.user());
    }

    private void two(
            Contribution into, EntryCourse entry, What what, int node, int x, int y, long deed, int count, int user) {
        put(into, entry, what, COHORT, node, x, y, entry.startedAt(), count, user);
        put(into, entry, what, ACTIVITY, node, x, y, deed, count, user);
    }

    private void put(
            Contribution into,
            EntryCourse entry,
            What what,
            boolean activity,
            int node,
            int x,
            int y,
            long at,
            int count,
            int user) {
        if (into.wants(activity, at)) {
            into.put(slot(entry, what, activity, node, x, y), at, 0, count, user);
        }
    }

    private int slot(EntryCourse entry, What what, boolean activity, int node, int x, int y) {
        return cells.slot(what, activity, entry.scope(), node, x, y);
    }
}
