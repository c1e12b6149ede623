package io.milepost.analytics.cell;

/** The questions cells answer. Beside each: what its cells count or hold, and what further tells them apart. */
public enum What {
    /** Entries and their users, by start. */
    ENTRY,
    /** Entries that have not exited, by start. */
    ACTIVE_ENTRY,
    /** Exited entries and their users; x = reason. */
    EXIT_BY_REASON,
    /** Exited entries that are not converted. */
    EXIT,
    /** Converted entries and, by cohort, their users. */
    CONVERTED_ENTRY,
    /** Users by the counted conversion among entries of one scope; activity only. */
    CONVERTED_USER,
    /** Users who performed the conversion event at or after an entry's start. */
    GOAL_USER,
    /** Users who engaged with a sent message, in one of the ways that count as engaged. */
    ENGAGED_USER,
    /** Last instants at which unconverted entries can still be converted; cohort only. */
    OPEN,
    /** Users with anything in the activity of a day, perhaps more: who to fold for a part of that day. */
    TOUCHED,

    /** Visits and their users. */
    VISIT,
    /** Completed visits and their users, by leaving. */
    COMPLETED,
    /** Users of completed visits, by entering. */
    COMPLETED_OF_ENTERED,
    CANCELLED,
    ACTIVE_VISIT,
    /** Visits not left whose entry has exited. */
    CLOSED,
    /** Entries that exited at the node, and their users; x = outcome of the last visit there. */
    EXIT_AT,
    EXIT_UNCONVERTED_AT,
    /** Messages and their users; x = channel, y = platform. */
    SENT,
    FAILED,
    /** Users of sent messages, whatever their carrier. */
    SENT_USER,
    FAILED_USER,
    /** Cost of sent messages; x = currency, y = carrier. */
    COST,
    /** Engagements with sent messages and their users; x = kind, y = carrier. */
    ENGAGED,
    ENGAGED_BY_MACHINE,
    /** Users who engaged with sent messages, whatever their carrier; x = kind. */
    ENGAGED_KIND_USER,
    /** Outcomes and their users; x = outcome. */
    OUTCOME,
    /** Durations of completed visits. */
    DURATION,
    /** Visits by where they came from; node = to, x = from, y = way. */
    TRANSITION,

    /** Users whose entries entered a stage; x = its place. */
    STAGE_ENTERED,
    STAGE_COMPLETED,
    /** Users of entries that entered the stage and are still active. */
    STAGE_ACTIVE;

    private static final What[] ALL = values();

    static What of(int ordinal) {
        return ALL[ordinal];
    }
}
