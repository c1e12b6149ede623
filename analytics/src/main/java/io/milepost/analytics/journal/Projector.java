package io.milepost.analytics.journal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads durable blocks into the projection, on one thread, and tells who waits how far it is. */
final class Projector {

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    /** Blocks that may wait before the journal does. */
    private static final int BACKLOG = 16;

    /** Put behind the last block when the service stops: an interrupt could tear a file the projection writes. */
    private static final Block LAST = new Block(0, 0, Instant.EPOCH, List.of());

    private final Projection projection;
    private final Supplier<Freshness> freshness;
    private final BlockingQueue<Block> waiting = new ArrayBlockingQueue<>(BACKLOG);
    private final PriorityQueue<Watch> watches = new PriorityQueue<>(Comparator.comparingLong(Watch::events));
    private final Thread thread = new Thread(this::run, "projector");
    private volatile long projectedEvents;
    private volatile boolean failed;

    private record Watch(long events, CompletableFuture<Freshness> reached) {}

    /** @param freshness what to tell who waits; for any thread */
    Projector(Projection projection, Supplier<Freshness> freshness) {
        this.projection = projection;
        this.freshness = freshness;
        thread.setDaemon(true);
    }

    Projection projection() {
        return projection;
    }

    /** @param projectedEvents what the projection already holds */
    void start(long projectedEvents) {
        advance(projectedEvents);
        thread.start();
    }

    long projectedEvents() {
        return projectedEvents;
    }

    /** True once the projection has thrown: figures no longer follow the journal. */
    boolean hasFailed() {
        return failed;
    }

    /** Waits while the backlog is full. */
    void hand(Block block) throws InterruptedException {
        if (!failed) {
            waiting.put(block);
        }
    }

    /** Returns when all that was handed in is projected. */
    void stop() throws InterruptedException {
        hand(LAST);
        thread.join();
    }

    private void run() {
        try {
            for (Block block = waiting.take(); block != LAST; block = waiting.take()) {
                projection.apply(block);
                advance(block.eventsSoFar());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed = true;
            waiting.clear();
            LOG.error("figures stopped after {} events; intake stops until a restart", projectedEvents, e);
        }
    }

    private synchronized void advance(long events) {
        projectedEvents = events;
        for (Watch next = watches.peek(); next != null && next.events <= events; next = watches.peek()) {
            watches.remove().reached.completeAsync(freshness);
        }
    }

    /** Forgotten as soon as it is done, by whomever: a cancelled or timed-out wait leaves nothing behind. */
    synchronized CompletableFuture<Freshness> whenProjected(long events) {
        if (events <= projectedEvents) {
            return CompletableFuture.completedFuture(freshness.get());
        }
        Watch watch = new Watch(events, new CompletableFuture<>());
        watches.add(watch);
        watch.reached.whenComplete((reached, failure) -> forget(watch));
        return watch.reached;
    }

    private synchronized void forget(Watch watch) {
        watches.remove(watch);
    }
}
