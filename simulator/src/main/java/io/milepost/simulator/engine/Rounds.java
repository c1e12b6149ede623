package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.scenario.Diagram.Flow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An activity that is done several times, at once or in a row; one token all together. */
final class Rounds implements Interruptible {

    final Place place;
    /** Parent visit of each round. */
    final String id;

    final @Nullable Flow by;
    final int total;
    final List<Stay> stays = new ArrayList<>();
    private Step step;
    private boolean over;
    private int begun;
    private int done;

    Rounds(Place place, String id, Step step, @Nullable Flow by, int total) {
        this.place = place;
        this.id = id;
        this.step = step;
        this.by = by;
        this.total = total;
    }

    Step step() {
        return step;
    }

    void moveTo(Step other) {
        step = other;
    }

    /** Whether one more is to begin. */
    boolean begin() {
        if (over || begun == total) {
            return false;
        }
        begun++;
        return true;
    }

    /** One is done; gives whether that was the last. */
    boolean end(Stay stay) {
        stays.remove(stay);
        over = ++done == total;
        return over;
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public void cancel() {
        over = true;
        List.copyOf(stays).forEach(Stay::cancel);
    }
}
