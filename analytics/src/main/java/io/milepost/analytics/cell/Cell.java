package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one question has on one day: a count and users, and for some questions more. One writer. */
public final class Cell {

    private static final long BARE_BYTES = 48;

    private static final int USERS = 1;
    private static final int DURATIONS = 2;
    private static final int DEADLINES = 4;
    private static final int MONEY = 8;

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

    /** What it takes in memory, more or less. */
    long bytes() {
        return BARE_BYTES
                + (users == null ? 0 : users.bytes())
                + (durations == null ? 0 : durations.bytes())
                + (deadlines == null ? 0 : (long) deadlines.size() * Long.BYTES);
    }

    void write(PackedWriter to) throws IOException {
        to.signed(count);
        to.number((users == null ? 0 : USERS)
                | (durations == null ? 0 : DURATIONS)
                | (deadlines == null ? 0 : DEADLINES)
                | (money.signum() == 0 ? 0 : MONEY));
        if (users != null) {
            users.write(to);
        }
        if (durations != null) {
            durations.write(to);
        }
        if (deadlines != null) {
            deadlines.write(to);
        }
        if (money.signum() != 0) {
            to.decimal(money);
        }
    }

    static Cell read(PackedReader from) throws IOException {
        Cell cell = new Cell();
        cell.count = from.signed();
        int parts = from.count();
        cell.users = (parts & USERS) == 0 ? null : UserSet.read(from);
        cell.durations = (parts & DURATIONS) == 0 ? null : DurationBuckets.read(from);
        cell.deadlines = (parts & DEADLINES) == 0 ? null : Deadlines.read(from);
        cell.money = (parts & MONEY) == 0 ? BigDecimal.ZERO : from.decimal();
        return cell;
    }
}
