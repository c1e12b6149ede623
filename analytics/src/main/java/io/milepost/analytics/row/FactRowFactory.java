package io.milepost.analytics.row;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.FactStore;
import jakarta.inject.Singleton;
import java.time.Clock;

@Factory
final class FactRowFactory {

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = "milepost.fact-rows.enabled", value = "true", defaultValue = "true")
    FactRowWriter writer(
            CellProjection projection,
            FactStore store,
            JournalProgress journal,
            Clock clock,
            FactRowSettings settings) {
        return new FactRowWriter(projection, store, journal, Account.DEFAULT, clock, settings);
    }
}
