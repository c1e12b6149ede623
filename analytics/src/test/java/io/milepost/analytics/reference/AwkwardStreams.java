package io.milepost.analytics.reference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Valid event streams as awkward as they can be: a handful of journeys, some users, a few hundred events, in no order. The
 * same seed and chances give the same stream. All events lie before October 2026.
 *
 * <p>The definitions depend on {@code worldSeed} alone, so that streams of two {@code peopleSeed}s speak of the same
 * journeys; {@code people} is part of every user, entry, message and event id, so that they share none.
 */
public final class AwkwardStreams {

    /** What may go wrong or be unusual, and how often (of 1) unless told otherwise. */
    public enum Feature {
        LOST_EVENT(0.04),
        LOST_TYPE(0.10),
        LOST_DEFINITION(0.15),
        CHANGED_DEFINITION(0.35),
        EXACT_DUPLICATE(0.03),
        REPEATED_STEP(0.05),
        ONE_INSTANT(0.35),
        COARSE_TIMES(0.5),
        NO_SEQUENCE(0.4),
        ODD_SEQUENCE(0.1),
        OFFSETS(0.3),
        NANOSECONDS(0.3),
        REENTRY(0.45),
        LOOP(0.3),
        PARALLEL_BRANCH(0.2),
        CANCELLED_VISIT(0.12),
        MIGRATION(0.1),
        EXIT_AT_OTHER_NODE(0.05),
        TEST_ENTRY(0.1),
        VARIANT(0.6),
        ATTRIBUTES(0.3),
        OTHER_USER(0.05),
        OTHER_ENTRY_OF_MESSAGE(0.06),
        FAILED_THEN_SENT(0.15),
        SENT_THEN_FAILED(0.12),
        NO_PLATFORM(0.2),
        COST(0.6),
        EARLY_ENGAGEMENT(0.1),
        UNKNOWN_MESSAGE(0.05),
        MACHINE(0.2),
        EARLY_EXIT(0.06),
        SECOND_EXIT(0.1),
        VISIT_AFTER_EXIT(0.12),
        STILL_ACTIVE(0.3),
        EDGE_OF_WINDOW(0.35),
        CONVERSION(0.6),
        NO_CURRENCY(0.2),
        REJECTED_ENTRY(0.3),
        ODD_NAME(0.08),
        HUGE_VERSION(0.15),
        SHARED_STAGE_NODE(0.4);

        private final double usual;

        Feature(double usual) {
            this.usual = usual;
        }
    }

    private final long worldSeed;
    private final long peopleSeed;
    private final String people;
    private final Map<Feature, Double> chances;

    private AwkwardStreams(long worldSeed, long peopleSeed, String people, Map<Feature, Double> chances) {
        this.worldSeed = worldSeed;
        this.peopleSeed = peopleSeed;
        this.people = people;
        this.chances = chances;
    }

    public static AwkwardStreams of(long seed) {
        Map<Feature, Double> usual = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            usual.put(feature, feature.usual);
        }
        return new AwkwardStreams(seed, seed, "", usual);
    }

    /** Other people in the same journeys. */
    public AwkwardStreams withPeople(long seed, String name) {
        return new AwkwardStreams(worldSeed, seed, name, chances);
    }

    public AwkwardStreams without(Feature feature) {
        return with(feature, 0);
    }

    public AwkwardStreams with(Feature feature, double chance) {
        Map<Feature, Double> changed = new EnumMap<>(chances);
        changed.put(feature, chance);
        return new AwkwardStreams(worldSeed, peopleSeed, people, changed);
    }

    /** CloudEvents, each as one line of JSON. */
    public List<String> events() {
        Dice world = new Dice(new Random(worldSeed), chances);
        List<AwkwardJourney> journeys = AwkwardJourney.some(world);
        List<AwkwardEvent> events = new ArrayList<>();
        journeys.forEach(journey -> events.addAll(journey.definitions()));
        Dice dice = new Dice(new Random(31 * peopleSeed + 7), chances);
        events.addAll(new AwkwardPeople(dice, journeys, people).events());
        return new AwkwardDelivery(dice).lines(events);
    }
}
