package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server answers over HTTP is what the reference says, half way, in the end and after a restart, on both
 * databases. {@code -Dmilepost.seed=n} starts at another seed, {@code -Dmilepost.seeds=n} takes more of them.
 */
class ServedFiguresIT {

    @Test
    void figuresAreThoseOfTheReferenceOnH2(@TempDir Path folder) {
        seeds(Map.of("milepost.data-dir", folder.resolve("data").toString()));
    }

    @Test
    void figuresAreThoseOfTheReferenceOnPostgres() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            seeds(Map.of(
                    "milepost.db-url", postgres.getJdbcUrl("postgres", "postgres"), "milepost.db-user", "postgres"));
        }
    }

    private static void seeds(Map<String, Object> settings) {
        long first = Long.getLong("milepost.seed", 1);
        for (long seed = first; seed < first + Long.getLong("milepost.seeds", 2); seed++) {
            serve(seed, settings);
        }
    }

    private static void serve(long seed, Map<String, Object> settings) {
        HttpClient client = HttpClient.newHttpClient();
        String space = "~" + seed + "~";
        List<String> events = new ArrayList<>(AwkwardStreams.of(seed).events());
        List<FigureRequest> questions = new AwkwardQueries(seed, events).all();
        Collections.shuffle(events, new Random(seed));
        List<String> early = events.subList(0, events.size() / 2);
        Subject reference = new ReferenceSubject();
        try (Server server = Server.start(settings)) {
            Subject subject = new HttpSubject(client, server.uri(), space);
            reference.feed(early);
            subject.feed(early);
            compare(seed, "half way", questions, reference, subject);
            List<String> late = events.subList(events.size() / 2, events.size());
            reference.feed(late);
            subject.feed(late);
            compare(seed, "in the end", questions, reference, subject);
        }
        try (Server server = Server.start(settings)) {
            compare(seed, "restarted", questions, reference, new HttpSubject(client, server.uri(), space));
        }
    }

    static void compare(long seed, String when, List<FigureRequest> questions, Subject expected, Subject subject) {
        for (FigureRequest question : questions) {
            assertThat(FigureDifference.between(expected.figures(question), subject.figures(question)))
                    .as("seed %d, %s: %s", seed, when, question)
                    .isEmpty();
        }
    }
}
