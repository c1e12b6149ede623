package io.milepost.analytics.cell;

import java.util.List;

/** Who is in the cells of some series, day by day. For the time of one read. */
public final class DayUsers {

    /** Later than any day. */
    public static final int NEVER = Integer.MAX_VALUE;

    private final List<Series> series;

    public DayUsers(List<Series> series) {
        this.series = series;
    }

    /** The first UTC day at or after that one on which anything is; {@link #NEVER} = none. */
    public int dayFrom(int day) {
        return series.stream().mapToInt(each -> each.dayFrom(day)).min().orElse(NEVER);
    }

    public UserUnion on(int day) {
        UserUnion there = new UserUnion();
        for (Series each : series) {
            Cell cell = each.at(day);
            UserSet users = cell == null ? null : cell.users();
            if (users != null) {
                there.add(users);
            }
        }
        return there;
    }
}
