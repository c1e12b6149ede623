package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Crowd.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Lives through groups of people on several threads and tells everything in one order, whatever their number: group by
 * group, in each by time, then by the people's numbers. At most some slices of time ahead of who is told.
 */
final class Lanes implements AutoCloseable {

    private static final int MOST_AHEAD = 4;
    private static final int PEOPLE_A_SLICE = 40;

    private final World world;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final Consumer<Told> told;
    private final Deque<List<Future<List<Told>>>> ahead = new ArrayDeque<>();

    /** @param told is called on the thread that calls {@link #live} */
    Lanes(World world, int threads, Consumer<Told> told) {
        this.world = world;
        this.told = told;
        for (int i = 1; i <= threads; i++) {
            String name = "milepost-lives-" + i;
            this.threads.add(Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    /** Blocks until all but the last slices are told. */
    void live(Arrivals group, long end) {
        Slices slices = Slices.between(group.at(0), end, 1 + group.count() / PEOPLE_A_SLICE);
        List<Crowd> crowds = new ArrayList<>();
        for (int lane = 0; lane < threads.size(); lane++) {
            crowds.add(new Crowd(world, group, lane, threads.size(), slices));
        }
        for (int slice = 0; slice < slices.count(); slice++) {
            List<Future<List<Told>>> round = new ArrayList<>();
            for (int lane = 0; lane < threads.size(); lane++) {
                round.add(threads.get(lane).submit(crowds.get(lane)::live));
            }
            ahead.add(round);
            if (ahead.size() > MOST_AHEAD) {
                tell(ahead.remove());
            }
        }
    }

    /** Tells the last slices. */
    void finish() {
        while (!ahead.isEmpty()) {
            tell(ahead.remove());
        }
    }

    private void tell(List<Future<List<Told>>> round) {
        List<Told> all = new ArrayList<>();
        round.forEach(lane -> all.addAll(result(lane)));
        if (round.size() > 1) {
            all.sort(Told.ORDER);
        }
        all.forEach(told);
    }

    private static List<Told> result(Future<List<Told>> lane) {
        try {
            return lane.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while people were lived through", e);
        }
    }

    /** Ends the threads, whatever they are at. */
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
    }
}
