package io.milepost.analytics.measure;

/** The steps a series can take along the calendar of a zone. */
public enum Bucket {
    HOUR,
    DAY,
    /** From Monday. */
    WEEK,
    MONTH
}
