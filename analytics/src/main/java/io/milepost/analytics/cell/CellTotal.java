package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What cells come to, in a form that can be compared: two of them are equal where counts, money, users and durations are
 * the same ones, but for a collision of 64 bits.
 *
 * @param whichUsers tells other users apart, however many
 * @param values how many durations or deadlines there are
 * @param whichValues tells other ones apart, however many
 */
public record CellTotal(long count, long users, long whichUsers, BigDecimal money, long values, long whichValues) {

    public static final CellTotal NOTHING = new CellTotal(0, 0, 0, BigDecimal.ZERO, 0, 0);

    public static CellTotal of(Cell cell) {
        Sum sum = new Sum();
        sum.add(cell);
        return sum.total();
    }

    /** Of the cells of all days; costs what their users cost. */
    public static CellTotal ofDays(Series series) {
        Sum sum = new Sum();
        series.eachDay(Integer.MIN_VALUE, Integer.MAX_VALUE, (day, cell) -> sum.add(cell));
        return sum.total();
    }

    private static final class Sum {
        private long count;
        private final UserUnion users = new UserUnion();
        private BigDecimal money = BigDecimal.ZERO;
        private long values;
        private long whichValues;
        private long millis;
        private long nanos;
        private long[] buckets = new long[0];

        void add(Cell cell) {
            count += cell.count();
            money = money.add(cell.money());
            UserSet set = cell.users();
            if (set != null) {
                users.add(set);
            }
            DurationBuckets of = cell.durations();
            if (of != null) {
                buckets = buckets.length == 0 ? new long[DurationBuckets.BUCKETS] : buckets;
                of.addTo(buckets);
                values += of.count();
                millis += of.sumMillis();
                nanos += of.sumNanos();
            }
            Deadlines deadlines = cell.deadlines();
            if (deadlines != null) {
                values += deadlines.size();
                deadlines.forEach(instant -> whichValues += mixed(instant));
            }
        }

        CellTotal total() {
            long[] which = new long[1];
            users.forEach(user -> which[0] += mixed(user + 1L));
            if (buckets.length > 0) {
                whichValues += Arrays.hashCode(buckets) * 31L + mixed(millis) + mixed(~nanos);
            }
            return new CellTotal(
                    count, users.size(), which[0], money.stripTrailingZeros(), values, values == 0 ? 0 : whichValues);
        }

        private static long mixed(long bits) {
            long mixed = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
            mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
            return mixed ^ mixed >>> 33;
        }
    }
}
