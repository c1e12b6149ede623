package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The judge himself as a subject: he must keep the laws too. */
final class ReferenceSubject implements Subject {

    private final List<String> events = new ArrayList<>();
    private @Nullable ReferenceEvaluator evaluator;

    @Override
    public void feed(List<String> batch) {
        events.addAll(batch);
        evaluator = null;
    }

    @Override
    public JsonNode figures(FigureRequest request) {
        if (evaluator == null) {
            evaluator = new ReferenceEvaluator(events);
        }
        return evaluator.figures(request);
    }

    @Override
    public void restart() {
        evaluator = null;
    }

    @Override
    public void close() {
        events.clear();
    }
}
