package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process itself, or one run of a sub-process: where tokens go about. */
final class Place {

    final Pass pass;
    /** The visit of the sub-process; null = the process. */
    final @Nullable Stay of;

    final List<Stay> open = new ArrayList<>(2);
    /** Tokens that wait at a joining gateway, by its id. */
    final Map<String, Integer> joined = new HashMap<>(2);
    /** Steps some token is on its way to. */
    final List<Step> reached = new ArrayList<>(0);
    /** What compensation would undo, in the order it was done. */
    final List<Step> done = new ArrayList<>(0);

    int tokens;
    /** Grows when all that is under way is called off. */
    int era;

    boolean over;

    @Nullable
    Step last;

    Place(Pass pass, @Nullable Stay of) {
        this.pass = pass;
        this.of = of;
    }

    /** Id of the sub-process; null = the process. */
    @Nullable
    String scope() {
        return of == null ? null : of.step().id();
    }

    @Nullable
    Place around() {
        return of == null ? null : of.place;
    }
}
