package io.milepost.operaton;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From a main, in a process of its own: what was compiled for other engines and plugins before would decide how much. Tells
 * the bytes that an instance of 14 events makes the engine's thread allocate: those that are ours, beside the same
 * listeners doing nothing; and all that comes with the plugin.
 */
final class OverheadAllocation {
    private static final int INSTANCES = 2_000;
    /** The least of them counts: of the first ones the compiler has not made what it makes of the last. */
    private static final int ROUNDS = 12;

    private OverheadAllocation() {}

    public static void main(String[] args) {
        AtomicLong told = new AtomicLong();
        JourneysPlugin plugin = plugin(told);
        JourneysPlugin idle = plugin(new AtomicLong());
        OverheadJourney without = OverheadJourney.with(null);
        OverheadJourney listening = OverheadJourney.with(idle);
        OverheadJourney with = OverheadJourney.with(plugin);
        idle.close();
        long own = Long.MAX_VALUE;
        long all = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long bare = allocated(without);
            long idling = allocated(listening);
            long capturing = allocated(with);
            own = Math.min(own, (capturing - idling) / INSTANCES);
            all = Math.min(all, (capturing - bare) / INSTANCES);
        }
        plugin.flush(Duration.ofSeconds(20));
        plugin.close();
        // Two definitions, and 14 events an instance.
        if (told.get() != 2 + 14L * ROUNDS * INSTANCES) {
            throw new IllegalStateException(told + " events were told");
        }
        System.out.println(own + " " + all);
        System.exit(0);
    }

    private static JourneysPlugin plugin(AtomicLong told) {
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setSink(batch -> told.addAndGet(batch.size()));
        return plugin;
    }

    private static long allocated(OverheadJourney journey) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        journey.playAtOnce(INSTANCES);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
