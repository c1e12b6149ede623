package io.milepost.analytics.audit;

import static io.milepost.analytics.audit.GroupCells.JOURNEY;
import static io.milepost.analytics.audit.GroupCells.outside;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Journey;
import io.milepost.spi.JourneyDefinition;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The laws of one group of a journey's entries, on the cells as they are kept. For one read under the lock. */
final class GroupLaws {

    private static final List<What> COUNTED_WITH_USERS = List.of(
            What.ENTRY,
            What.EXIT_BY_REASON,
            What.CONVERTED_ENTRY,
            What.VISIT,
            What.COMPLETED,
            What.ACTIVE_VISIT,
            What.SENT,
            What.FAILED,
            What.ENGAGED,
            What.OUTCOME,
            What.TRANSITION);

    private static final Set<What> BY_BOTH_BASES = EnumSet.of(
            What.EXIT_BY_REASON,
            What.EXIT,
            What.EXIT_AT,
            What.EXIT_UNCONVERTED_AT,
            What.VISIT,
            What.TRANSITION,
            What.COMPLETED,
            What.ACTIVE_VISIT,
            What.OUTCOME,
            What.DURATION,
            What.SENT,
            What.FAILED,
            What.COST,
            What.ENGAGED,
            What.ENGAGED_BY_MACHINE,
            What.SENT_USER,
            What.FAILED_USER,
            What.ENGAGED_KIND_USER,
            What.ENGAGED_USER,
            What.GOAL_USER);

    private final Journey journey;
    private final Group group;
    private final CellNames names;
    private final GroupCells cohort;
    private final GroupCells activity;
    private final Findings findings;

    GroupLaws(Cells cells, Journey journey, Group group, Findings findings) {
        this.journey = journey;
        this.group = group;
        this.names = new CellNames(cells, journey);
        this.cohort = new GroupCells(cells, journey, group, false);
        this.activity = new GroupCells(cells, journey, group, true);
        this.findings = findings;
    }

    void check() {
        Set<Integer> nodes = new TreeSet<>(cohort.nodes());
        nodes.addAll(activity.nodes());
        for (int node : nodes) {
            visitsByState(node);
            node(cohort, node, false, What.COMPLETED);
            node(activity, node, true, What.COMPLETED_OF_ENTERED);
            basesAgree(node);
        }
        journey(cohort, false);
        journey(activity, true);
        entriesByExit();
        if (group.version() > 0) {
            entriesByConversion();
        }
        converted();
        stages();
        basesAgree(JOURNEY);
        conversionsByBothBases();
    }

    private String scope(boolean byActivity) {
        return CellNames.journey(journey) + group.name() + CellNames.basis(byActivity);
    }

    private String scope(boolean byActivity, int node) {
        return scope(byActivity) + names.node(node);
    }

    private void visitsByState(int node) {
        long completed = cohort.count(What.COMPLETED, node);
        long cancelled = cohort.count(What.CANCELLED, node);
        long active = cohort.count(What.ACTIVE_VISIT, node);
        long closed = cohort.count(What.CLOSED, node);
        findings.equal(
                Law.VISITS_BY_STATE,
                scope(false, node),
                "visits",
                cohort.count(What.VISIT, node),
                "completed " + completed + " + cancelled " + cancelled + " + active " + active + " + closed " + closed,
                completed + cancelled + active + closed);
    }

    private void node(GroupCells of, int node, boolean byActivity, What completions) {
        String scope = scope(byActivity, node);
        UserUnion entered = of.users(What.VISIT, node);
        UserUnion completed = of.users(completions, node);
        UserUnion waiting = of.users(What.ACTIVE_VISIT, node).without(completed);
        int dropped = outside(of.users(What.VISIT, node).without(completed), waiting);
        findings.equal(
                Law.USERS_BY_STATE,
                scope,
                "entered users",
                entered.size(),
                "completed " + completed.size() + " + waiting " + waiting.size() + " + dropped " + dropped,
                (long) completed.size() + waiting.size() + dropped);
        findings.equal(
                Law.TRANSITIONS_INTO_NODE,
                scope,
                "visits",
                of.count(What.VISIT, node),
                "transitions",
                of.count(What.TRANSITION, node));
        findings.atMost(
                Law.EXITS_AT_NODES,
                scope,
                "exits",
                of.count(What.EXIT_AT, node),
                "exits without conversion",
                of.count(What.EXIT_UNCONVERTED_AT, node));
        findings.atMost(
                Law.DURATIONS_OF_COMPLETED,
                scope,
                "completed visits",
                of.count(What.COMPLETED, node),
                "durations",
                of.count(What.DURATION, node));
        sentTo(Law.ENGAGED_WERE_SENT_TO, scope, of.users(What.SENT, node), of.users(What.ENGAGED, node));
        usersWithinCounts(of, node, scope);
    }

    private void sentTo(Law law, String scope, UserUnion sent, UserUnion engaged) {
        findings.check(
                law,
                scope,
                outside(engaged, sent) == 0,
                "engaged users among the " + sent.size() + " sent to",
                outside(engaged, sent) + " others");
    }

    private void usersWithinCounts(GroupCells of, int node, String scope) {
        for (What what : COUNTED_WITH_USERS) {
            List<Series> series = of.of(what, node);
            boolean usersElsewhere = what == What.CONVERTED_ENTRY && of == activity;
            if (!series.isEmpty() && !usersElsewhere) {
                findings.atMost(
                        Law.USERS_WITHIN_COUNTS,
                        scope,
                        "count of " + what,
                        of.count(series),
                        "users",
                        of.users(series).size());
            }
        }
    }

    private void journey(GroupCells of, boolean byActivity) {
        usersWithinCounts(of, JOURNEY, scope(byActivity));
        findings.atMost(
                Law.EXITS_AT_NODES,
                scope(byActivity),
                "exits",
                of.count(What.EXIT_BY_REASON, JOURNEY),
                "exits at nodes",
                of.count(of.of(What.EXIT_AT)));
        sentTo(
                Law.ENGAGED_WERE_SENT_TO,
                scope(byActivity),
                of.users(of.of(What.SENT)),
                of.users(What.ENGAGED_USER, JOURNEY));
        findings.atMost(
                Law.CONVERTING_EVENTS_AMONG_GOALS,
                scope(byActivity),
                "events of the goal",
                of.events(false),
                "events that convert",
                of.events(true));
    }

    private void entriesByExit() {
        long active = cohort.count(What.ACTIVE_ENTRY, JOURNEY);
        long exited = cohort.count(What.EXIT_BY_REASON, JOURNEY);
        findings.equal(
                Law.ENTRIES_BY_EXIT,
                scope(false),
                "entries",
                cohort.count(What.ENTRY, JOURNEY),
                "active " + active + " + exited by reason " + exited,
                active + exited);
    }

    /** The active unconverted ones are those that are neither converted nor exited: between none and all active ones. */
    private void entriesByConversion() {
        DefinedVersion defined = journey.version(group.version());
        boolean converts = defined != null && defined.conversionEvent() >= 0;
        long active = cohort.count(What.ACTIVE_ENTRY, JOURNEY);
        long exits = cohort.count(What.EXIT, JOURNEY);
        long converted = cohort.count(What.CONVERTED_ENTRY, JOURNEY);
        long activeUnconverted = converts ? cohort.unconverted() - exits : active;
        findings.equal(
                Law.ENTRIES_BY_CONVERSION,
                scope(false),
                "entries",
                cohort.count(What.ENTRY, JOURNEY),
                "converted " + converted + " + exits " + exits + " + active unconverted " + activeUnconverted,
                converted + exits + activeUnconverted);
        findings.check(
                Law.ENTRIES_BY_CONVERSION,
                scope(false),
                0 <= activeUnconverted && activeUnconverted <= active,
                "active unconverted from 0 to " + active,
                activeUnconverted);
    }

    private void converted() {
        UserUnion entered = cohort.users(What.ENTRY, JOURNEY);
        UserUnion performers = cohort.users(What.GOAL_USER, JOURNEY);
        UserUnion converted = cohort.users(What.CONVERTED_ENTRY, JOURNEY);
        findings.check(
                Law.CONVERTED_AMONG_PERFORMERS,
                scope(false),
                outside(converted, performers) == 0,
                "converted users among the " + performers.size() + " who performed the goal",
                outside(converted, performers) + " others");
        findings.check(
                Law.CONVERTED_AMONG_PERFORMERS,
                scope(false),
                outside(performers, entered) == 0,
                "who performed the goal among the " + entered.size() + " entered users",
                outside(performers, entered) + " others");
    }

    private void stages() {
        JourneyDefinition staged = journey.staged();
        int stages = staged == null ? 0 : staged.stages().size();
        for (int stage = 0; stage < stages; stage++) {
            UserUnion entered = ofStage(What.STAGE_ENTERED, stage);
            UserUnion completed = ofStage(What.STAGE_COMPLETED, stage);
            UserUnion waiting = ofStage(What.STAGE_ACTIVE, stage).without(completed);
            int dropped = outside(ofStage(What.STAGE_ENTERED, stage).without(completed), waiting);
            findings.equal(
                    Law.STAGES_BY_STATE,
                    scope(false) + " stage=" + stage,
                    "entered users",
                    entered.size(),
                    "completed " + completed.size() + " + waiting " + waiting.size() + " + dropped " + dropped,
                    (long) completed.size() + waiting.size() + dropped);
        }
    }

    private UserUnion ofStage(What what, int stage) {
        return cohort.users(cohort.of(what, JOURNEY).stream()
                .filter(series -> series.key().x() == stage)
                .toList());
    }

    private void basesAgree(int node) {
        for (What what : BY_BOTH_BASES) {
            List<Series> by = cohort.of(what, node);
            List<Series> other = activity.of(what, node);
            if (!by.isEmpty() || !other.isEmpty()) {
                agree(node, "count of " + what, cohort.count(by), activity.count(other));
                sameUsers(node, what, cohort.users(by), activity.users(other));
            }
        }
        if (node != JOURNEY) {
            sameUsers(
                    node,
                    What.COMPLETED_OF_ENTERED,
                    cohort.users(What.COMPLETED, node),
                    activity.users(What.COMPLETED_OF_ENTERED, node));
        }
    }

    private void conversionsByBothBases() {
        agree(
                JOURNEY,
                "converted entries",
                cohort.count(What.CONVERTED_ENTRY, JOURNEY),
                activity.count(What.CONVERTED_ENTRY, JOURNEY));
        sameUsers(
                JOURNEY,
                What.CONVERTED_USER,
                cohort.users(What.CONVERTED_ENTRY, JOURNEY),
                activity.users(What.CONVERTED_USER, JOURNEY));
        agree(JOURNEY, "events of the goal", cohort.events(false), activity.events(false));
        agree(JOURNEY, "events that convert", cohort.events(true), activity.events(true));
    }

    private void agree(int node, String what, long byCohort, long byActivity) {
        findings.check(
                Law.BASES_AGREE,
                CellNames.journey(journey) + group.name() + names.node(node),
                byCohort == byActivity,
                what + " by cohort " + byCohort,
                "by activity " + byActivity);
    }

    private void sameUsers(int node, What what, UserUnion byCohort, UserUnion byActivity) {
        int shared = byCohort.sharedWith(byActivity);
        findings.check(
                Law.BASES_AGREE,
                CellNames.journey(journey) + group.name() + names.node(node),
                shared == byCohort.size() && shared == byActivity.size(),
                "users of " + what + " by cohort " + byCohort.size(),
                "by activity " + byActivity.size() + ", " + shared + " of them the same");
    }
}
