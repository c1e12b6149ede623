package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds people up to what the figures should be. Not for several threads. */
public final class Truth {

    private final Definitions definitions;
    private final Map<Scope, Expectation> expectations = new LinkedHashMap<>();
    private long people;

    public Truth(List<JourneyDefined> definitions, Collection<Scope> scopes) {
        this.definitions = new Definitions(definitions);
        scopes.forEach(scope -> expectations.computeIfAbsent(scope, key -> new Expectation(key, this.definitions)));
    }

    /** Adds one person, all of whose events these are, in any order; nobody else's event may name his entries. */
    public void add(List<JourneyEvent> events) {
        Facts facts = new Facts(events, definitions);
        long person = people++;
        expectations.values().forEach(expectation -> expectation.add(person, facts));
    }

    /** @throws IllegalArgumentException if that scope was not asked for at the beginning */
    public Expectation of(Scope scope) {
        @Nullable Expectation expectation = expectations.get(scope);
        if (expectation == null) {
            throw new IllegalArgumentException("no such scope: " + scope);
        }
        return expectation;
    }
}
