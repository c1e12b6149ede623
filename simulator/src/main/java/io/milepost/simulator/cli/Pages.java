package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.report.JourneyPage;
import io.milepost.simulator.run.Judgement;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.verify.Verifier;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a page shows of the journeys of a course. */
final class Pages {
    private Pages() {}

    static List<JourneyPage> of(Course course, Judgement judgement, Verifier verifier) {
        Map<String, List<JourneyDefinition>> journeys = new LinkedHashMap<>();
        for (JourneyDefined event : course.definitions()) {
            journeys.computeIfAbsent(event.definition().journeyId(), id -> new ArrayList<>())
                    .add(event.definition());
        }
        List<JourneyPage> pages = new ArrayList<>();
        journeys.forEach((id, definitions) -> {
            Scope everything = judgement.everything(id);
            var truth = judgement.truth().of(everything);
            String name = definitions.get(0).name();
            pages.add(new JourneyPage(
                    name == null ? id : name,
                    definitions,
                    truth.summary(),
                    verifier.summaryOf(everything),
                    truth.nodes(),
                    verifier.nodesOf(everything),
                    truth.transitions()));
        });
        return pages;
    }
}
