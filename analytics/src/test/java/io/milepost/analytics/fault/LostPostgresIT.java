package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed and comes back while clients send. */
final class LostPostgresIT {

    private static final int CLIENTS = 2;
    private static final int BATCH = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Ledger ledger = new Ledger();
    private final AtomicInteger people = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void goesOnOnceTheDatabaseIsBack() throws Exception {
        int port = freePort();
        EmbeddedPostgres postgres = start(port);
        Map<String, Object> settings = Map.of(
                "milepost.db-url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "milepost.db-user",
                "postgres",
                "milepost.ingest.max-ahead",
                "PT876000H");
        List<Thread> clients = new ArrayList<>();
        try (Server server = Server.start(settings)) {
            for (int client = 0; client < CLIENTS; client++) {
                Thread thread = new Thread(() -> send(server));
                thread.start();
                clients.add(thread);
            }
            for (int round = 0; round < Soak.rounds(2, 10); round++) {
                awaitTaken(10);
                kill();
                postgres.close();
                postgres = start(port);
            }
            awaitTaken(10);
            enough.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        try (Server server = Server.start(settings)) {
            ledger.assertKept(server);
        } finally {
            postgres.close();
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** Without a word: the first line of the file is the process. */
    private void kill() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
        ProcessHandle postmaster =
                ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(0, postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private void send(Server server) {
        List<String> waiting = new ArrayList<>();
        while (!enough.get()) {
            if (waiting.size() < BATCH) {
                waiting.addAll(Ledger.events(people.incrementAndGet()));
            }
            if (ledger.send(server, waiting.subList(0, BATCH))) {
                waiting.subList(0, BATCH).clear();
                taken.incrementAndGet();
            } else {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private void awaitTaken(int more) {
        int before = taken.get();
        for (int tries = 0; taken.get() < before + more; tries++) {
            assertThat(tries).as("20 ms waits for events to be taken again").isLessThan(3_000);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
