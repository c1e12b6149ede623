package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.engine.Plan.Way;
import io.milepost.spi.ExitReason;
import java.util.List;

/** How an entry behaves at the nodes it comes to: as a scenario says, or whoever drives the engine from outside. */
interface Conduct {

    /** Runs that, now or later: the arrival at the step. */
    default void reach(Step step, Runnable arrival) {
        arrival.run();
    }

    /** Calls {@link Pass#leave}, now or later. */
    void stay(Stay stay);

    /** The way a decision takes. */
    Way one(Step decision);

    /** The ways an inclusive gateway takes, one at least. */
    List<Way> some(Step gateway);

    /** How often an activity is done whose diagram does not say it. */
    int times(Step activity);

    /** Runs that each time the event comes, if ever. */
    void await(Step event, Runnable happened);

    /** Calls {@link Pass#won} with the way of the event that comes first, if ever. */
    default void race(Stay stay) {
        stay.step().ways().forEach(way -> await(way.to(), () -> stay.pass().won(stay, way)));
    }

    /** Begins the called journey, of which the end leads to {@link Pass#leave}; false where there is none. */
    boolean call(Stay stay);

    /** Ends what was called. */
    void abandon(Stay call);

    /** The entry is over, and that was told. */
    void exited(ExitReason reason);
}
