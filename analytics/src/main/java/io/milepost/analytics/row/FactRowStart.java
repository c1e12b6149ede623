package io.milepost.analytics.row;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.milepost.analytics.journal.Journal;
import jakarta.inject.Singleton;

/** Begins to write rows once the journal is replayed, and lets the writer's lag be seen. */
@Singleton
@Requires(beans = FactRowWriter.class)
final class FactRowStart implements ApplicationEventListener<ServerStartupEvent> {

    private final FactRowWriter writer;
    private final Journal journal;
    private final MeterRegistry meters;

    FactRowStart(FactRowWriter writer, Journal journal, MeterRegistry meters) {
        this.writer = writer;
        this.journal = journal;
        this.meters = meters;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        Gauge.builder("milepost.fact.rows.lag", writer, rows -> rows.lag().toMillis() / 1e3)
                .baseUnit("seconds")
                .description("For how long the rows of facts have not held all that the figures do")
                .register(meters);
        Gauge.builder("milepost.fact.rows.waiting", writer, FactRowWriter::waitingEntries)
                .baseUnit("entries")
                .description("Entries whose rows are still to be replaced")
                .register(meters);
        journal.opened().thenRun(writer::start);
    }
}
