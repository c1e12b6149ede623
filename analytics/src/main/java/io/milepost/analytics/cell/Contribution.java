package io.milepost.analytics.cell;

import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.OutcomeFact;
import io.milepost.analytics.fold.VisitFact;
import java.math.BigDecimal;

/** Takes what facts contribute, each with the instant that decides its day. Slots are those of {@link JourneyCells}. */
interface Contribution {

    /** Stands for no user. */
    int NOBODY = -1;

    /**
     * @param at nanoseconds since 1970
     * @param value of a duration or a deadline; else 0
     * @param count 1, or 0 where only the user's presence matters
     * @param user {@link #NOBODY} where only the count matters
     */
    void put(int slot, long at, long value, int count, int user);

    void pay(int slot, long at, BigDecimal amount);

    /** False = what counts by activity (or, else, by cohort) at that instant need not be put. */
    default boolean wants(boolean activity, long at) {
        return true;
    }

    /** What is put from here on comes from the entry as a whole; so the others below, of one of its facts. */
    default void about(EntryState entry) {}

    default void about(EntryState entry, VisitFact visit) {}

    default void about(EntryState entry, MessageFact message) {}

    default void about(EntryState entry, MessageFact message, MessageFact.Engagement engagement) {}

    default void about(EntryState entry, OutcomeFact outcome) {}
}
