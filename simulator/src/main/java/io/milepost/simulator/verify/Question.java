package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.verify.AnalyticsClient.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** How a scope is asked for. */
final class Question {
    private Question() {}

    static String path(Scope scope, String endpoint) {
        return "/v1/journeys/" + AnalyticsClient.encoded(scope.journeyId()) + "/" + endpoint;
    }

    /** @param minEvents accepted events that the answer must know of */
    static List<Parameter> parameters(Scope scope, long minEvents) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("basis", scope.activity() ? "activity" : "cohort"));
        if (scope.from() != null) {
            parameters.add(new Parameter("from", scope.from().toString()));
        }
        if (scope.to() != null) {
            parameters.add(new Parameter("to", scope.to().toString()));
        }
        new TreeSet<>(scope.versions())
                .forEach(version -> parameters.add(new Parameter("version", version.toString())));
        new TreeSet<>(scope.variants()).forEach(variant -> parameters.add(new Parameter("variant", variant)));
        if (scope.includeTest()) {
            parameters.add(new Parameter("include", "test"));
        }
        parameters.add(new Parameter("asOf", scope.asOf().toString()));
        parameters.add(new Parameter("minEvents", Long.toString(minEvents)));
        return parameters;
    }
}
