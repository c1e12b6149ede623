package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds people up to what the figures should be. To be used by one thread; some people at a time, the scopes are shared by all
 * processors, which changes no figure: no scope knows of another.
 */
public final class Truth {

    private static final int AT_A_TIME = 256;

    private final Definitions definitions;
    private final Map<Scope, Expectation> expectations = new LinkedHashMap<>();
    private final List<Expectation> mixed;
    private final EngagedTally engaged;
    private final List<List<JourneyEvent>> waiting = new ArrayList<>(AT_A_TIME);
    private long people;

    public Truth(List<JourneyDefined> definitions, Collection<Scope> scopes) {
        this(definitions, scopes, Set.copyOf(scopes), Map.of(), ZoneOffset.UTC);
    }

    /**
     * @param scopes all that will be asked for
     * @param whole those of them of which more than the summary will be asked for
     * @param lists those of them whose lists are asked for too; true = also those of nodes
     * @param zone of the account, whose months are meant
     */
    public Truth(
            List<JourneyDefined> definitions,
            Collection<Scope> scopes,
            Set<Scope> whole,
            Map<Scope, Boolean> lists,
            ZoneId zone) {
        this.definitions = new Definitions(definitions);
        this.engaged = new EngagedTally(zone);
        scopes.forEach(scope -> expectations.computeIfAbsent(
                scope, key -> new Expectation(key, this.definitions, whole.contains(key), lists.get(key))));
        this.mixed = new ArrayList<>(expectations.values());
        // Those with lists are the most work and stand together: so each processor gets some.
        Collections.shuffle(mixed, new Random(1));
    }

    /** Adds one person, all of whose events these are, in any order; nobody else's event may name his entries. */
    public void add(List<JourneyEvent> events) {
        waiting.add(events);
        people++;
        if (waiting.size() == AT_A_TIME) {
            addWaiting();
        }
    }

    private void addWaiting() {
        List<Facts> some = waiting.parallelStream()
                .map(events -> new Facts(events, definitions))
                .toList();
        long first = people - some.size();
        mixed.parallelStream().forEach(expectation -> {
            for (int i = 0; i < some.size(); i++) {
                expectation.add(first + i, some.get(i));
            }
        });
        some.forEach(engaged::add);
        waiting.clear();
    }

    /** How many were added so far. */
    public long people() {
        return people;
    }

    /** Monthly engaged persons, in the account's zone. */
    public EngagedTally engaged() {
        addWaiting();
        return engaged;
    }

    /** @throws IllegalArgumentException if that scope was not asked for at the beginning */
    public Expectation of(Scope scope) {
        addWaiting();
        @Nullable Expectation expectation = expectations.get(scope);
        if (expectation == null) {
            throw new IllegalArgumentException("no such scope: " + scope);
        }
        return expectation;
    }
}
