package io.milepost.analytics.audit;

import java.util.Locale;

/** What must hold at any time, whatever the events were. */
enum Law {
    VISITS_BY_STATE("The visits of a node are its completed, cancelled and active ones and those that ended with the"
            + " journey."),
    USERS_BY_STATE("The users who entered a node are those who completed it, wait in it and dropped out of it."),
    USERS_WITHIN_COUNTS("Distinct users are never more than the things they are the users of."),
    TRANSITIONS_INTO_NODE("The transitions into a node are its visits."),
    EXITS_AT_NODES(
            "Exits at a node without conversion are among its exits, and those of all nodes among the journey's."),
    DURATIONS_OF_COMPLETED(
            "Durations of a node are those of completed visits; shortest, percentiles and longest come in"
                    + " this order, the mean among them."),
    ENGAGED_WERE_SENT_TO("Who engaged with a message of a node was sent one."),
    ENTRIES_BY_EXIT("Entries are the active ones and the exited ones by reason."),
    ENTRIES_BY_CONVERSION(
            "Entries of a version are the converted, the exited unconverted and the active unconverted" + " ones."),
    CONVERTED_AMONG_PERFORMERS("Converted users performed the goal, and performers of the goal entered the journey."),
    CONVERTING_EVENTS_AMONG_GOALS("Events that convert are among the events of the goal."),
    STAGES_BY_STATE("The users who entered a stage are those who completed it, wait in it and dropped out of it."),
    RATES_ARE_SHARES("The numerator of a rate is never more than its denominator, and its value is their ratio."),
    SUM_OVER_VERSIONS("Counts of all versions add up to the total."),
    SUM_OVER_VARIANTS("Counts of all variants, and of entries without one, add up to the total."),
    SUM_OVER_PLATFORMS("Messages and engagements of a node's platforms, the unknown one too, add up to the node's."),
    SUM_OVER_CHANNELS("Messages of all channels add up to the journey's, and so do those of all nodes."),
    SUM_OVER_DAYS("The days of a figure add up to it: counts, amounts and durations; its users are the days' users."),
    DISTINCT_OF_UNION(
            "Distinct users of a whole are no more than those of its parts together, and no fewer than those of"
                    + " any part."),
    BASES_AGREE("Without a range, counting by the entry's start and by the deed's own time gives the same."),
    IMPORT_ROWS("The rows of an import are its valid and invalid ones."),
    RECEIVED_EVENTS("Events received since the start were accepted, duplicates or rejected."),
    EVENTS_KNOWN_ONCE("As many identities are known as events are stored."),
    SAMPLED_EVENTS_KEPT(
            "Events of sampled journal blocks are in the history they belong to; entries that were turned away are"
                    + " counted."),
    SAMPLED_FACTS("Entries of sampled users, computed anew from the journal, have the same visits, messages and"
            + " conversions."),
    SAMPLED_CELLS("Sampled users, computed anew from the journal, are in the same cells.");

    private final String statement;

    Law(String statement) {
        this.statement = statement;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String statement() {
        return statement;
    }
}
