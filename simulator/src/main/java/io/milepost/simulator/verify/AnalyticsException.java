package io.milepost.simulator.verify;

/** Analytics gave no answer, or one that is none. */
public final class AnalyticsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean unreachable;

    AnalyticsException(String message, boolean unreachable) {
        super(message);
        this.unreachable = unreachable;
    }

    AnalyticsException(String message, Throwable cause) {
        super(message, cause);
        this.unreachable = true;
    }

    /** Whether there was no answer at all. */
    public boolean unreachable() {
        return unreachable;
    }
}
