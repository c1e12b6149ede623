package io.milepost.analytics.measure;

/** What a range of time cuts out. Without a range both give the same figures. */
public enum Basis {
    /** The entries that started in the range, and all that belongs to them, whenever it happened. */
    COHORT,
    /** What happened in the range, whenever its entry began. Stages and open entries go by cohort all the same. */
    ACTIVITY
}
