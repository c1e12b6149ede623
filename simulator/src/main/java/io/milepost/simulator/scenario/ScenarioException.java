package io.milepost.simulator.scenario;

/** A scenario that cannot be run; the message says where it is wrong and what was expected there. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ScenarioException(String message) {
        super(message);
    }

    ScenarioException(String message, Throwable cause) {
        super(message, cause);
    }
}
