package io.milepost.analytics.reference;

import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.store.Erasure;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dmilepost.seed=n} starts at another seed, {@code -Dmilepost.seeds=n} takes more of them. */
final class ErasureLawsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Whoever is erased, and whenever: every figure is what it would have been. */
    @Test
    void figuresAreThoseOfTheReferenceWhoeverIsErased() {
        long first = Long.getLong("milepost.seed", 1);
        Map<String, Object> settings =
                Map.of("milepost.data-dir", folder.resolve("data").toString());
        HttpClient client = HttpClient.newHttpClient();
        for (long seed = first; seed < first + Long.getLong("milepost.seeds", 3); seed++) {
            String space = "~" + seed + "~";
            List<String> events = new ArrayList<>(AwkwardStreams.of(seed).events());
            List<FigureRequest> questions = new AwkwardQueries(seed, events).all();
            Random random = new Random(seed);
            Collections.shuffle(events, random);
            List<String> definitions = events.stream()
                    .filter(event -> SeenEvent.parse(event).is("journey.defined"))
                    .toList();
            events.removeAll(definitions);
            int half = events.size() / 2;
            Subject reference = new ReferenceSubject();
            try (Server server = Server.start(settings)) {
                Subject subject = new HttpSubject(client, server.uri(), space);
                for (List<String> part : List.of(definitions, events.subList(0, half))) {
                    reference.feed(part);
                    subject.feed(part);
                }
                erase(server, users(events, random), space);
                ServedFiguresIT.compare(seed, "erased", questions, reference, subject);
                List<String> late = events.subList(half, events.size());
                reference.feed(late);
                subject.feed(late);
                ServedFiguresIT.compare(seed, "late events", questions, reference, subject);
                erase(server, users(events, random), space);
            }
            try (Server server = Server.start(settings)) {
                ServedFiguresIT.compare(
                        seed, "restarted", questions, reference, new HttpSubject(client, server.uri(), space));
            }
        }
    }

    /** Two in three of those who are named. */
    private static List<String> users(List<String> events, Random random) {
        return events.stream()
                .map(event -> SeenEvent.parse(event).optional("userId"))
                .filter(userId -> userId != null && !userId.isEmpty())
                .distinct()
                .filter(userId -> random.nextInt(3) > 0)
                .toList();
    }

    private static void erase(Server server, List<String> users, String space) {
        users.forEach(userId -> server.bean(Erasure.class).erase(userId + space));
    }
}
