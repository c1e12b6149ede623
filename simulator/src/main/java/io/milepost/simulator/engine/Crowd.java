package io.milepost.simulator.engine;

import io.milepost.spi.JourneyEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some people, lived through together, one slice of time after the other. As no life knows of another, crowds can be lived
 * through at the same time, and what they tell in the same slice be put in order then. One thread at a time.
 */
final class Crowd {

    /** What one of them told at one step, at that instant in epoch milliseconds. */
    record Told(long at, int user, List<JourneyEvent> events) {
        static final Comparator<Told> ORDER = Comparator.comparingLong(Told::at).thenComparingInt(Told::user);
    }

    private final World world;
    private final Arrivals arrivals;
    private final int step;
    private final Slices slices;
    /** By slice: who has something to do in it. */
    private final List<@Nullable List<Life>> waiting;

    private int next;
    private int slice;

    /**
     * @param lane the number of this crowd
     * @param lanes how many crowds there are; each takes every so-manieth of those who come
     */
    Crowd(World world, Arrivals arrivals, int lane, int lanes, Slices slices) {
        this.world = world;
        this.arrivals = arrivals;
        this.step = lanes;
        this.slices = slices;
        this.next = lane;
        this.waiting = new ArrayList<>(Collections.nCopies(slices.count(), null));
    }

    /** What they tell in the next slice, in order of time, then of their numbers. */
    List<Told> live() {
        List<Told> told = new ArrayList<>();
        long until = slices.end(slice);
        for (; next < arrivals.count() && arrivals.at(next) < until; next += step) {
            Life life = new Life(world, arrivals.user(next));
            life.begin();
            live(life, until, told);
        }
        List<Life> lives = waiting.set(slice++, null);
        if (lives != null) {
            lives.forEach(life -> live(life, until, told));
        }
        told.sort(Told.ORDER);
        return told;
    }

    private void live(Life life, long until, List<Told> told) {
        while (life.next() < until) {
            life.advance();
            life.commit(events -> told.add(new Told(life.now(), life.number(), events)));
        }
        if (life.next() != Agenda.NEVER) {
            int later = slices.of(life.next());
            List<Life> lives = waiting.get(later);
            if (lives == null) {
                lives = new ArrayList<>();
                waiting.set(later, lives);
            }
            lives.add(life);
        }
    }
}
