package io.milepost.simulator.cli;

/** The command cannot be run as it was written; the message says what to do. */
final class UseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UseException(String message) {
        super(message);
    }
}
