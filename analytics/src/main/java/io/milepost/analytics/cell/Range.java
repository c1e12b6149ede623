package io.milepost.analytics.cell;

/**
 * A span of time, and the UTC days that lie in it whole.
 *
 * @param from nanoseconds since 1970, included; {@code Long.MIN_VALUE} = without begin
 * @param to excluded; {@code Long.MAX_VALUE} = without end
 */
public record Range(long from, long to) {

    public static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    public boolean has(long at) {
        return at >= from && (at < to || to == Long.MAX_VALUE);
    }

    /** First day that lies in it whole. */
    int firstDay() {
        int day = Days.of(from);
        return from == Long.MIN_VALUE || Days.start(day) == from ? day : day + 1;
    }

    /** First day after those that lie in it whole. */
    int endDay() {
        return to == Long.MAX_VALUE ? Days.of(to) + 1 : Days.of(to);
    }

    boolean hasDay(int day) {
        return day >= firstDay() && day < endDay();
    }

    /** Whether it has a part of that day, but not all of it. */
    boolean cuts(int day) {
        return !hasDay(day) && day >= Days.of(from) && day <= Days.of(to) && Days.start(day) != to;
    }
}
