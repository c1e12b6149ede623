package io.milepost.operaton.example;

import io.milepost.operaton.Journeys;
import java.util.Random;
import java.util.function.Consumer;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** Sends what the diagram says, by its channel, and tells the journey so; some messages can't be delivered. */
final class Worker implements JavaDelegate {
    private final Random random = new Random(7);
    private final Consumer<String> delivered;
    private final double failures;

    Worker(Consumer<String> delivered, double failures) {
        this.delivered = delivered;
        this.failures = failures;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String message = execution.getActivityInstanceId() + "@" + execution.getProcessBusinessKey();
        Journeys journeys = Journeys.of(execution);
        if (fails()) {
            journeys.failed(execution, message, "not reachable");
        } else {
            journeys.sent(execution, message);
            delivered.accept(message);
        }
    }

    private synchronized boolean fails() {
        return random.nextDouble() < failures;
    }
}
