package io.milepost.analytics.measure;

import java.util.Locale;

/** A series would have more points than one answer may have. */
public final class TooManyPointsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyPointsException(Bucket bucket) {
        super("more than " + Buckets.LIMIT + " points by " + bucket.name().toLowerCase(Locale.ROOT));
    }
}
