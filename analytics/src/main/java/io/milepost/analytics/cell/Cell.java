package io.milepost.analytics.cell;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one question has on one day: a count and users, and for some questions more. One writer. */
public final class Cell {

    private long count;
    private @Nullable UserSet users;
    private @Nullable DurationBuckets durations;
    private @Nullable Deadlines deadlines;
    private BigDecimal money = BigDecimal.ZERO;

    public long count() {
        return count;
    }

    /** Null = none. */
    public @Nullable UserSet users() {
        return users;
    }

    /** Null = none. */
    public @Nullable DurationBuckets durations() {
        return durations;
    }

    /** Null = none. */
    public @Nullable Deadlines deadlines() {
        return deadlines;
    }

    public BigDecimal money() {
        return money;
    }

    void count(long more) {
        count += more;
    }

    void join(int user) {
        UserSet set = users;
        if (set == null) {
            set = new UserSet();
            users = set;
        }
        set.add(user);
    }

    void leave(int user) {
        if (users != null) {
            users.remove(user);
        }
    }

    void duration(long nanos, int times) {
        DurationBuckets buckets = durations;
        if (buckets == null) {
            buckets = new DurationBuckets();
            durations = buckets;
        }
        for (int i = 0; i < Math.abs(times); i++) {
            if (times > 0) {
                buckets.add(nanos);
            } else {
                buckets.remove(nanos);
            }
        }
    }

    void deadline(long instant, int times) {
        Deadlines instants = deadlines;
        if (instants == null) {
            instants = new Deadlines();
            deadlines = instants;
        }
        for (int i = 0; i < Math.abs(times); i++) {
            if (times > 0) {
                instants.add(instant);
            } else {
                instants.remove(instant);
            }
        }
    }

    void pay(BigDecimal amount) {
        money = money.add(amount);
    }
}
