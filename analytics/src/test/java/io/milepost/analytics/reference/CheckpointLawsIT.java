package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.checkpoint.Checkpoints;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.journal.Identities;
import io.milepost.analytics.store.Erasure;
import io.milepost.analytics.store.jdbc.Connections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start from a checkpoint has the figures of a start from the whole journal. {@code -Dmilepost.seed=n} takes another
 * stream.
 */
class CheckpointLawsIT {

    private static final long SEED = Long.getLong("milepost.seed", 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> events = onlyOnce(AwkwardStreams.of(SEED).events());
    private final List<FigureRequest> questions = new AwkwardQueries(SEED, events).all();
    private final Subject reference = new ReferenceSubject();
    private final HttpClient client = HttpClient.newHttpClient();
    private Map<String, Object> settings = Map.of();

    @BeforeEach
    void shuffle() {
        Collections.shuffle(events, new Random(SEED));
        settings = Map.of("milepost.data-dir", folder.toString());
    }

    @Test
    void takesCellsOverFromAServiceThatStopped() {
        settings = Checkpoints.always(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
        }
        try (Server server = Server.start(settings)) {
            assertThat(Checkpoints.begunWith(server)[1]).isPositive();
            compare("restarted", server);
            feed(server, secondHalf());
            compare("went on", server);
        }
        try (Server server = Server.start(settings)) {
            compare("restarted again", server);
        }
    }

    @Test
    void takesCellsOverFromAServiceOnPostgres() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            settings = new HashMap<>(settings);
            settings.put("milepost.db-url", postgres.getJdbcUrl("postgres", "postgres"));
            settings.put("milepost.db-user", "postgres");
            takesCellsOverFromAServiceThatStopped();
        }
    }

    @Test
    void foldsHistoriesAgainAndReplaysWhatCameLater() throws IOException {
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
            Checkpoints.write(server);
            feed(server, secondHalf());
        }
        try (Server server = Server.start(settings)) {
            assertThat(Checkpoints.begunWith(server)[0]).isPositive();
            assertThat(Checkpoints.begunWith(server)[1]).isZero();
            compare("restarted", server);
        }
    }

    @Test
    @Timeout(120)
    void writesCellsAsSoonAsNothingComes() {
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
            feed(server, secondHalf());
            Checkpoints.quiet(server, Duration.ofSeconds(1));
        }
        try (Server server = Server.start(settings)) {
            assertThat(Checkpoints.begunWith(server)[1]).isEqualTo(events.size());
            compare("restarted", server);
        }
    }

    @Test
    void appliesWhatCameAfterTheCellsWereWritten() {
        try (Server server = Server.start(Checkpoints.always(settings))) {
            feed(server, firstHalf());
        }
        try (Server server = Server.start(Checkpoints.never(settings))) {
            feed(server, secondHalf());
        }
        try (Server server = Server.start(Checkpoints.never(settings))) {
            assertThat(Checkpoints.begunWith(server)[1]).isPositive();
            compare("restarted", server);
        }
    }

    @Test
    void knowsAgainWhatCameWhileItWasWritten() throws IOException {
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
            Checkpoints.write(server, () -> feed(server, secondHalf()));
        }
        try (Server server = Server.start(settings)) {
            assertThat(Checkpoints.begunWith(server)[0]).isPositive();
            compare("restarted", server);
            assertThat(server.post(Server.LINES, String.join("\n", events)).number("duplicates"))
                    .isEqualTo(events.size());
            compare("all sent again", server);
            assertThat(server.get("/v1/audit").json().at("/violations")).isEmpty();
        }
    }

    @Test
    void doesNotKnowEventsThatTheJournalLost() throws IOException {
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
            long kept = server.bean(Identities.class).newestBlock();
            Checkpoints.write(server, () -> subject(server).feed(secondHalf()));
            server.bean(Connections.class).run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM event_block WHERE sequence > " + kept);
                }
            });
        }
        startsWithoutIt("the database of before");
        try (Server server = Server.start(settings)) {
            feed(server, secondHalf());
            compare("sent again", server);
        }
    }

    @Test
    @Timeout(120)
    void namesADamagedBlockThatTheStartDidNotNeed() throws Exception {
        try (Server server = Server.start(Checkpoints.always(settings))) {
            feed(server, firstHalf());
            feed(server, secondHalf());
        }
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            server.bean(Connections.class).run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE event_block SET checksum = checksum + 1 WHERE sequence = 1");
                }
            });
        }
        try (Server server = Server.start(settings)) {
            compare("damaged", server);
            while (server.journal().damage() == null) {
                Thread.onSpinWait();
            }
            assertThat(server.journal().damage()).contains("journal block 1 of account 1 is damaged");
        }
    }

    @Test
    void readsTheJournalWhereTheCheckpointIsDamaged() throws IOException {
        try (Server server = Server.start(Checkpoints.always(settings))) {
            feed(server, events);
        }
        byte[] written = Files.readAllBytes(Checkpoints.file(folder));
        for (int at : new int[] {5, written.length / 3, written.length - 20}) {
            byte[] damaged = written.clone();
            damaged[at] ^= 4;
            Files.write(Checkpoints.file(folder), damaged);
            startsWithoutIt("byte " + at + " flipped");
        }
        for (int length : new int[] {0, 7, written.length / 2, written.length - 1}) {
            byte[] torn = Arrays.copyOf(written, length);
            Files.write(Checkpoints.file(folder), torn);
            startsWithoutIt("torn after " + length);
        }
    }

    /** A halt in the middle of the next one leaves the one before in its place, and part of a file beside it. */
    @Test
    void passesOverOneThatAHaltLeftUnfinished() throws IOException {
        settings = Checkpoints.never(settings);
        try (Server server = Server.start(settings)) {
            feed(server, firstHalf());
            Checkpoints.write(server);
            feed(server, secondHalf());
        }
        byte[] written = Files.readAllBytes(Checkpoints.file(folder));
        Path unfinished = Checkpoints.unfinished(folder);
        for (int length : new int[] {0, written.length / 2, written.length - 1}) {
            Files.write(unfinished, Arrays.copyOf(written, length));
            try (Server server = Server.start(settings)) {
                assertThat(Checkpoints.begunWith(server)[0]).isPositive();
                assertThat(unfinished).doesNotExist();
                compare("halted after " + length, server);
            }
        }
    }

    @Test
    void doesNotTakeAnotherJournalsCheckpoint() throws IOException {
        Path other = folder.resolve("other");
        try (Server server = Server.start(Checkpoints.always(Map.of("milepost.data-dir", other.toString())))) {
            new HttpSubject(client, server.uri(), "~other~").feed(events);
        }
        try (Server server = Server.start(Checkpoints.never(settings))) {
            feed(server, events);
        }
        Files.copy(Checkpoints.file(other), Checkpoints.file(folder));
        startsWithoutIt("another's");
    }

    @Test
    void keepsNoCheckpointOfAnErasedUser() throws IOException {
        try (Server server = Server.start(Checkpoints.always(settings))) {
            feed(server, events);
        }
        assertThat(Checkpoints.file(folder)).exists();
        try (Server server = Server.start(Checkpoints.never(settings))) {
            server.bean(Erasure.class)
                    .erase(events.stream()
                            .map(event -> SeenEvent.parse(event).optional("userId"))
                            .filter(userId -> userId != null && !userId.isEmpty())
                            .findFirst()
                            .orElseThrow());
            assertThat(Checkpoints.file(folder)).doesNotExist();
            compare("erased", server);
            Checkpoints.write(server);
        }
        try (Server server = Server.start(Checkpoints.never(settings))) {
            assertThat(Checkpoints.begunWith(server)[0]).isPositive();
            compare("erased and restarted", server);
        }
    }

    private static List<String> onlyOnce(List<String> events) {
        Set<SeenEvent.Identity> known = new HashSet<>();
        return new ArrayList<>(events.stream()
                .filter(event -> known.add(SeenEvent.parse(event).identity()))
                .toList());
    }

    private void startsWithoutIt(String why) {
        try (Server server = Server.start(Checkpoints.never(settings))) {
            assertThat(Checkpoints.begunWith(server)).as(why).containsExactly(0, 0);
            compare(why, server);
        }
    }

    private List<String> firstHalf() {
        return events.subList(0, events.size() / 2);
    }

    private List<String> secondHalf() {
        return events.subList(events.size() / 2, events.size());
    }

    private void feed(Server server, List<String> some) {
        reference.feed(some);
        subject(server).feed(some);
    }

    private void compare(String when, Server server) {
        server.journal()
                .whenProjected(server.journal().freshness().acceptedEvents())
                .join();
        ServedFiguresIT.compare(SEED, when, questions, reference, subject(server));
    }

    private Subject subject(Server server) {
        return new HttpSubject(client, server.uri(), "");
    }
}
