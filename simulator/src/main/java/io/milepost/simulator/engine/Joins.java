package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.scenario.Diagram.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where tokens of an entry wait for others, and when they go on. */
final class Joins {

    private final Pass pass;
    private final Conduct conduct;
    /** Where tokens wait at inclusive gateways. */
    private final Set<Place> waiting = new HashSet<>(2);

    Joins(Pass pass, Conduct conduct) {
        this.pass = pass;
        this.conduct = conduct;
    }

    /** A token has come to a gateway that joins. */
    void come(Place place, Step gateway) {
        int tokens = place.joined.merge(gateway.id(), 1, Integer::sum);
        if (gateway.drawn.kind() == Kind.INCLUSIVE) {
            waiting.add(place);
        } else if (tokens == gateway.drawn.incoming()) {
            release(place, gateway, tokens);
        }
    }

    /** What waits there is called off. */
    void forget(Place place) {
        waiting.remove(place);
    }

    /** Lets go on what waits at inclusive gateways that nothing else can come to any more; gives whether anything did. */
    boolean letGo() {
        boolean released = false;
        for (Place place : waiting.isEmpty() ? List.<Place>of() : List.copyOf(waiting)) {
            released |= letGo(place);
        }
        return released;
    }

    private boolean letGo(Place place) {
        boolean released = false;
        for (Map.Entry<String, Integer> tokens : Map.copyOf(place.joined).entrySet()) {
            Step gateway = pass.version().step(tokens.getKey());
            if (gateway != null
                    && gateway.drawn.kind() == Kind.INCLUSIVE
                    && !isOver(place)
                    && !mayCome(place, gateway)) {
                release(place, gateway, tokens.getValue());
                released = true;
            }
        }
        if (isOver(place) || place.joined.keySet().stream().noneMatch(pass.version()::isInclusive)) {
            waiting.remove(place);
        }
        return released;
    }

    private boolean isOver(Place place) {
        return pass.isOver() || place.over;
    }

    private void release(Place place, Step gateway, int tokens) {
        place.joined.remove(gateway.id());
        place.tokens -= tokens - 1;
        boolean chooses =
                gateway.drawn.kind() == Kind.INCLUSIVE && gateway.ways().size() > 1;
        if (chooses) {
            pass.take(place, conduct.some(gateway));
        } else {
            pass.take(place, gateway);
        }
    }

    private boolean mayCome(Place place, Step gateway) {
        Plan.Version version = pass.version();
        return place.open.stream().anyMatch(stay -> version.leads(stay.step(), gateway))
                || place.reached.stream()
                        .anyMatch(step -> step.id().equals(gateway.id()) || version.leads(step, gateway))
                || place.joined.keySet().stream()
                        .map(version::step)
                        .filter(Objects::nonNull)
                        .anyMatch(other -> !other.id().equals(gateway.id()) && version.leads(other, gateway));
    }
}
