package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What capture asks of the engine's threads. In bytes, which are the same on a busy machine; time is for the benchmark. */
class OverheadIT {
    private static final int INSTANCES = 2_000;
    /** The least of them counts: of the first ones the compiler has not made what it makes of the last. */
    private static final int ROUNDS = 12;

    private static final long MOST_BYTES = 6 * 1024;

    /** All that comes with the plugin; and of that, beside the same listeners doing nothing, what is ours. */
    @Test
    void anInstanceOf14EventsAllocatesAtMost6Kib() {
        AtomicLong told = new AtomicLong();
        JourneysPlugin plugin = plugin(told);
        JourneysPlugin idle = plugin(new AtomicLong());
        try (OverheadJourney without = OverheadJourney.with(null);
                OverheadJourney listening = OverheadJourney.with(idle);
                OverheadJourney with = OverheadJourney.with(plugin)) {
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
            assertThat(told.get()).isEqualTo(2 + 14L * ROUNDS * INSTANCES);
            System.out.printf(
                    "An instance of 14 events: capture allocates %d bytes, with the engine's own for its listeners %d%n",
                    own, all);
            assertThat(own).isPositive();
            assertThat(Math.max(own, all)).isLessThanOrEqualTo(MOST_BYTES);
        }
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
