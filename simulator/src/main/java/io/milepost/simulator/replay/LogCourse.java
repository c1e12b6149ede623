package io.milepost.simulator.replay;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.engine.Seeds;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A log to be played and judged. */
public final class LogCourse implements Course {

    private static final long SHUFFLE = -2;

    private final EventSource source;
    private final List<JourneyDefined> definitions;
    private final Map<String, List<JourneyEvent>> lives;
    private final ZoneId zone;
    private final Faults faults;
    private final long seed;
    private final boolean shuffled;
    private final List<JourneyEvent> inOrder;

    /**
     * @param lives events by user; not empty
     * @param shuffled whether they are told in an order that only the seed knows
     */
    public LogCourse(
            EventSource source,
            List<JourneyDefined> definitions,
            Map<String, List<JourneyEvent>> lives,
            ZoneId zone,
            Faults faults,
            long seed,
            boolean shuffled) {
        this.source = source;
        this.definitions = List.copyOf(definitions);
        this.lives = lives;
        this.zone = zone;
        this.faults = faults;
        this.seed = seed;
        this.shuffled = shuffled;
        this.inOrder = new ArrayList<>();
        lives.values().forEach(inOrder::addAll);
        if (inOrder.isEmpty()) {
            throw new LogException("the log has no events");
        }
        inOrder.sort(Comparator.comparing(JourneyEvent::time));
    }

    @Override
    public EventSource source() {
        return source;
    }

    @Override
    public List<JourneyDefined> definitions() {
        return definitions;
    }

    @Override
    public void run(Consumer<List<JourneyEvent>> committed) {
        List<JourneyEvent> told = new ArrayList<>(inOrder);
        if (shuffled) {
            told.addAll(definitions);
            Collections.shuffle(told, new Random(Seeds.mix(seed, SHUFFLE)));
        } else {
            told.addAll(0, definitions);
        }
        told.forEach(event -> committed.accept(List.of(event)));
    }

    @Override
    public void lives(Consumer<List<JourneyEvent>> person) {
        lives.values().forEach(person);
    }

    @Override
    public Instant start() {
        return inOrder.get(0).time();
    }

    @Override
    public Instant end() {
        return inOrder.get(inOrder.size() - 1).time().plusMillis(1);
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Set<String> variants() {
        Set<String> variants = new TreeSet<>();
        inOrder.forEach(event -> {
            if (event instanceof JourneyEntered entered) {
                variants.add(entered.variant() == null ? "none" : entered.variant());
            }
        });
        return variants;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public long seed() {
        return seed;
    }
}
