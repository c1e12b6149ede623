package io.milepost.analytics.journal;

import java.time.Duration;

/** Nothing of the submission was taken; sending the same again later is safe. */
public final class IntakeClosedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public IntakeClosedException(String message, Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
