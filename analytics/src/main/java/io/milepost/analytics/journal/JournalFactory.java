package io.milepost.analytics.journal;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.JournalStore;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

@Factory
final class JournalFactory {

    /** Parses bodies and blocks: as many threads as there are processors, since they never wait. */
    @Singleton
    @Named("parsing")
    @Bean(preDestroy = "shutdown")
    ExecutorService parsing() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "parsing-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Singleton
    @Bean(preDestroy = "close")
    Journal journal(
            JournalStore store,
            Admission admission,
            Projection projection,
            Checkpoint checkpoint,
            Clock clock,
            @Named("parsing") ExecutorService parsing) {
        return new Journal(store, admission, projection, checkpoint, Account.DEFAULT, clock, parsing);
    }
}
