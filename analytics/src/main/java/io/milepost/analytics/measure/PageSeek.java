package io.milepost.analytics.measure;

import io.milepost.analytics.cell.DayUsers;
import io.milepost.analytics.cell.Days;
import io.milepost.analytics.cell.UserUnion;
import org.jspecify.annotations.Nullable;

/**
 * Finds a page's rows from day to day, beginning where the page does, until no later row can be on it. A user is looked
 * at once, whatever his days.
 */
final class PageSeek {

    private static final int USERS_AT_ONCE = 2_000;

    private final ListReading reading;
    private final PageRows page;
    private UserUnion left = new UserUnion();
    private int[] users = {};
    private int next;
    private int day;
    private boolean done;

    PageSeek(ListReading reading, PageRows page, @Nullable ListPosition after) {
        this.reading = reading;
        this.page = page;
        this.day = after == null ? Integer.MIN_VALUE : Days.of(after.time()) - 1;
    }

    /** Hands the rows to the page; returns how many the whole list has. */
    long total() {
        long total = reading.read((cells, journey) -> {
            Behind behind = Behind.of(cells, journey, reading.query());
            done = behind == null;
            left = behind == null ? left : behind.users().get();
            return behind == null ? 0 : behind.count().getAsLong();
        });
        while (!done) {
            reading.read((cells, journey) -> go(new UserRows(cells, journey, reading.query(), page::take)));
        }
        return total;
    }

    private int go(UserRows rows) {
        int looked = 0;
        while (looked < USERS_AT_ONCE && !done) {
            int end = Math.min(next + USERS_AT_ONCE - looked, users.length);
            rows.of(users, next, end);
            looked += end - next + 1;
            next = end;
            if (next == users.length) {
                turn(rows);
            }
        }
        return looked;
    }

    private void turn(UserRows rows) {
        DayUsers days = rows.days();
        int following = days.dayFrom(day + 1);
        done = following == DayUsers.NEVER || page.isFullBefore(Days.start(following), rows.texts());
        if (!done) {
            UserUnion there = days.on(following).sharing(left);
            left.without(there);
            users = there.toArray();
            next = 0;
            day = following;
        }
    }
}
