package io.milepost.simulator.run;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.Split;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.Checklist;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Verdict;
import io.milepost.simulator.verify.Verifier;
import io.milepost.transport.Delivery;
import io.milepost.transport.DropReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Holds analytics to the truth of a world, person by person, so that a large one needs no more memory than a small one. */
public final class Judgement {

    private final World world;
    private final Checklist checklist;
    private final Truth truth;

    /** Lives through all lives; costs about as much as playing them. */
    public Judgement(World world) {
        this.world = world;
        this.checklist = new Checklist(
                world.definitions(),
                variants(world.scenario()),
                world.start(),
                world.end(),
                world.scenario().zone());
        this.truth = new Truth(world.definitions(), checklist.all());
        for (int user = 0; user < world.scenario().users(); user++) {
            truth.add(world.life(user));
        }
    }

    private static Set<String> variants(Scenario scenario) {
        Set<String> variants = new LinkedHashSet<>();
        for (Scenario.Journey journey : scenario.journeys()) {
            Split split = journey.variants();
            variants.addAll(split == null ? Set.of("none") : split.options());
        }
        return variants;
    }

    public Truth truth() {
        return truth;
    }

    /** All of a journey, by cohort. */
    public Scope everything(String journeyId) {
        return Scope.all(journeyId, world.end());
    }

    /** @param minEvents accepted events that every answer must know of */
    public Verifier against(AnalyticsClient analytics, long minEvents) {
        return new Verifier(analytics, checklist, truth, minEvents);
    }

    /**
     * The verdict, with the law of ingest: what was received is accepted, duplicate or rejected.
     *
     * @param acceptedBefore accepted events before the first of these, of anybody
     * @param acceptedAfter and after the last
     */
    public static Verdict with(Verdict verdict, Played played, long acceptedBefore, long acceptedAfter) {
        List<Difference> differences = new ArrayList<>(ingest(played, acceptedAfter - acceptedBefore));
        differences.addAll(verdict.differences());
        return new Verdict(verdict.questions(), verdict.compared() + 3, differences);
    }

    private static List<Difference> ingest(Played played, long accepted) {
        Delivery delivery = played.delivery();
        List<Difference> differences = new ArrayList<>();
        if (!played.complete()) {
            differences.add(ingest("waiting events", "0", Long.toString(delivery.waiting())));
        }
        if (delivery.droppedInAll() > 0) {
            differences.add(ingest("dropped events", "none", delivery.dropped() + ", last: " + delivery.lastFailure()));
        }
        long rejected = delivery.dropped(DropReason.REJECTED);
        long answered = delivery.delivered() + rejected;
        long sum = accepted + delivery.duplicates() + rejected;
        if (answered != sum) {
            differences.add(ingest(
                    "received = accepted + duplicates + rejected",
                    Long.toString(answered),
                    accepted + " + " + delivery.duplicates() + " + " + rejected + " = " + sum));
        }
        return differences;
    }

    private static Difference ingest(String measure, String expected, String got) {
        return new Difference("ingest", "all", measure, expected, got);
    }
}
