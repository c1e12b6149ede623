package io.milepost.simulator.replay;

/** A log that cannot be read; the message says where and why. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogException(String message) {
        super(message);
    }

    LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
