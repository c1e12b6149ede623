package io.milepost.analytics.store;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Whose data it is.
 *
 * @param zone of its days and months
 * @param subscription engaged persons a month; null = not agreed
 */
public record Account(String name, ZoneId zone, @Nullable Long subscription) {

    /** Number of the one account there is, until there are keys to tell more of them apart. */
    public static final long DEFAULT = 1;
}
