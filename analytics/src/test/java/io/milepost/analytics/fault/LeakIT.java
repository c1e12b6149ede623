package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.store.jdbc.Connections;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What adds nothing must cost nothing for good: heap, threads, files; and new events cost the same as those before. */
final class LeakIT {

    private static final int WARM_UP = 3;
    private static final int BATCHES = 6;
    private static final long HEAP_SLACK = 12L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Use(long heap, int threads, long files) {}

    @Test
    void whatAddsNothingCostsNothingForGood() {
        try (Server server = Server.start(settings())) {
            for (int people = 1; people <= BATCHES; people++) {
                post(server, Ledger.events(people));
            }
            List<Use> uses = new ArrayList<>();
            int rounds = Soak.rounds(6, 200);
            for (int round = 0; round < rounds; round++) {
                oneRound(server);
                uses.add(use());
            }
            Use before = uses.get(WARM_UP - 1);
            Use after = uses.get(rounds - 1);
            assertThat(after.heap()).as("heap after GC: %s", uses).isLessThan(before.heap() + HEAP_SLACK);
            assertThat(after.threads()).as("threads: %s", uses).isLessThanOrEqualTo(before.threads() + 4);
            assertThat(after.files()).as("open files: %s", uses).isLessThanOrEqualTo(before.files() + 4);
        }
    }

    /** Duplicates, refusals, questions, lists, downloads, an audit. */
    private static void oneRound(Server server) {
        for (int people = 1; people <= BATCHES; people++) {
            assertThat(post(server, Ledger.events(people)).number("accepted")).isZero();
        }
        server.post(Server.ARRAY, "[{]");
        server.post(Server.LINES, "{}".repeat(3));
        String rejected = server.get("/v1/rejected-events").text("/rejectedEvents/0/id");
        server.delete("/v1/rejected-events/" + rejected);
        server.get("/v1/journeys?basis=x");
        for (int journey = 1; journey <= 4; journey++) {
            for (String question : List.of("summary", "nodes", "transitions", "stages", "users?measure=entries")) {
                server.get("/v1/journeys/j" + journey + "/" + question);
            }
        }
        server.get("/v1/mep?month=2026-03");
        assertThat(server.get("/v1/audit").json().get("ok").booleanValue()).isTrue();
    }

    @Test
    void anEventCostsTheSameHoweverManyThereAre() {
        List<Double> bytes = new ArrayList<>();
        int rounds = Soak.rounds(3, 12);
        try (Server server = Server.start(settings())) {
            for (int round = 0; round < rounds; round++) {
                long before = storedBytes(server);
                int events = 0;
                for (int i = 0; i < 10; i++) {
                    events += post(server, Ledger.events(100 * round + i)).number("accepted");
                }
                bytes.add((storedBytes(server) - before) / (double) events);
            }
        }
        assertThat(bytes.get(rounds - 1))
                .as("bytes an event in the journal: %s", bytes)
                .isLessThan(1.2 * bytes.get(0));
    }

    private static long storedBytes(Server server) {
        return server.bean(Connections.class).run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COALESCE(SUM(OCTET_LENGTH(payload)"
                            + " + OCTET_LENGTH(identities)), 0) FROM event_block")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private Map<String, Object> settings() {
        return Map.of("milepost.data-dir", folder.toString(), "milepost.ingest.max-ahead", "PT876000H");
    }

    private static Server.Answer post(Server server, List<String> events) {
        Server.Answer answer = server.post(Server.LINES, String.join("\n", events));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        server.journal().whenProjected(answer.number("acceptedEvents")).join();
        return answer;
    }

    private static Use use() {
        System.gc();
        System.gc();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Use(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount());
    }
}
