package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Something that can be played to analytics and judged: a simulated world, or the log of a real one. */
public interface Course {

    /** The engine as the events name it. */
    EventSource source();

    /** Of all journeys. */
    List<JourneyDefined> definitions();

    /** What is told of no person: finished imports, in order of time. */
    default List<ImportFinished> imports() {
        return List.of();
    }

    /** Tells everything in order of time, definitions first; the consumer is given the events of each transaction. */
    void run(Consumer<List<JourneyEvent>> committed);

    /** Tells the same again, person by person; without the definitions and imports. */
    void lives(Consumer<List<JourneyEvent>> person);

    /** No later than the first event. */
    Instant start();

    /** Later than the last event. */
    Instant end();

    /** In which local days are meant. */
    ZoneId zone();

    /** All that entries may have, {@code none} for those without one. */
    Set<String> variants();

    /** What goes wrong on the way. */
    Faults faults();

    /** Decides all chance. */
    long seed();
}
