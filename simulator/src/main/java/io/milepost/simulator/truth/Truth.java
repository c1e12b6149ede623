package io.milepost.simulator.truth;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds people up to what the figures should be. Not for several threads. */
public final class Truth {

    private final Definitions definitions;
    private final Map<Scope, Expectation> expectations = new LinkedHashMap<>();
    private final EngagedTally engaged;
    private long people;

    public Truth(List<JourneyDefined> definitions, Collection<Scope> scopes) {
        this(definitions, scopes, Set.copyOf(scopes), Set.of(), ZoneOffset.UTC);
    }

    /**
     * @param scopes all that will be asked for
     * @param whole those of them of which more than the summary will be asked for
     * @param withLists those of them whose lists are asked for too
     * @param zone of the account, whose months are meant
     */
    public Truth(
            List<JourneyDefined> definitions,
            Collection<Scope> scopes,
            Set<Scope> whole,
            Set<Scope> withLists,
            ZoneId zone) {
        this.definitions = new Definitions(definitions);
        this.engaged = new EngagedTally(zone);
        scopes.forEach(scope -> expectations.computeIfAbsent(
                scope, key -> new Expectation(key, this.definitions, whole.contains(key), withLists.contains(key))));
    }

    /** Adds one person, all of whose events these are, in any order; nobody else's event may name his entries. */
    public void add(List<JourneyEvent> events) {
        Facts facts = new Facts(events, definitions);
        long person = people++;
        expectations.values().forEach(expectation -> expectation.add(person, facts));
        engaged.add(facts);
    }

    /** How many were added so far. */
    public long people() {
        return people;
    }

    /** Monthly engaged persons, in the account's zone. */
    public EngagedTally engaged() {
        return engaged;
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
