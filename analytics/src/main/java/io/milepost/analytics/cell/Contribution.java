package io.milepost.analytics.cell;

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
}
