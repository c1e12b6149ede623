package io.milepost.analytics.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.AccountStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountStoreIT {

    @Test
    void keepsTheAccountInTheDataFolder(@TempDir Path folder) {
        keepsWhatWasSaved(Map.of("milepost.data-dir", folder.toString()));
    }

    @Test
    void keepsTheAccountInPostgres() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            keepsWhatWasSaved(Map.of(
                    "milepost.db-url", postgres.getJdbcUrl("postgres", "postgres"), "milepost.db-user", "postgres"));
        }
    }

    private static void keepsWhatWasSaved(Map<String, Object> place) {
        Account changed = new Account("Käse & Co", ZoneId.of("Europe/Berlin"), 50_000L);
        try (ApplicationContext context = ApplicationContext.run(place)) {
            AccountStore accounts = context.getBean(AccountStore.class);
            assertThat(accounts.account()).isEqualTo(new Account("default", ZoneId.of("UTC"), null));
            accounts.save(changed);
            assertThat(accounts.account()).isEqualTo(changed);
        }
        try (ApplicationContext context = ApplicationContext.run(place)) {
            AccountStore accounts = context.getBean(AccountStore.class);
            assertThat(accounts.account()).isEqualTo(changed);
            accounts.save(new Account("a", ZoneId.of("UTC"), null));
        }
        try (ApplicationContext context = ApplicationContext.run(place)) {
            assertThat(context.getBean(AccountStore.class).account())
                    .isEqualTo(new Account("a", ZoneId.of("UTC"), null));
        }
    }
}
