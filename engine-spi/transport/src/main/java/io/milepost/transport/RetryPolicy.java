package io.milepost.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try: doubled each time from {@code first} up to {@code longest}, of that a random half
 * to whole, so that senders that failed together don't come back together; and never less than the server asked for, up
 * to an hour. Tries never end: the spool's size is the limit.
 */
record RetryPolicy(Duration first, Duration longest, RandomGenerator random) {
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /** @param failures so far, 1 or more */
    Duration delay(int failures, @Nullable Duration asked) {
        double doubled = first.toNanos() * Math.pow(2, Math.min(failures, 62) - 1);
        double capped = Math.min(doubled, (double) longest.toNanos());
        Duration own = Duration.ofNanos((long) (capped * (0.5 + 0.5 * random.nextDouble())));
        if (asked == null || asked.compareTo(own) <= 0) {
            return own;
        }
        return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }
}
