package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import org.jspecify.annotations.Nullable;

/** A token at a node: a visit that is not over. */
final class Stay implements Interruptible {

    final Place place;
    final String visitId;
    /** The rounds it is one of. */
    final @Nullable Rounds rounds;
    /** The compensation it is part of. */
    final @Nullable Stay undoing;
    /** Of a sub-process: what goes on inside. */
    @Nullable
    Place inner;
    /** Of a compensation: steps that are yet to be undone. */
    int pending;

    private Step step;

    Stay(Place place, String visitId, Step step, @Nullable Rounds rounds, @Nullable Stay undoing) {
        this.place = place;
        this.visitId = visitId;
        this.step = step;
        this.rounds = rounds;
        this.undoing = undoing;
    }

    Step step() {
        return step;
    }

    void moveTo(Step other) {
        step = other;
    }

    Pass pass() {
        return place.pass;
    }

    @Override
    public boolean isOpen() {
        return place.open.contains(this);
    }

    @Override
    public void cancel() {
        pass().cancel(this);
    }
}
