package io.milepost.analytics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.ingest.Server.Answer;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.reference.AwkwardQueries;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.reference.FigureDifference;
import io.milepost.analytics.reference.FigureRequest;
import io.milepost.analytics.reference.HttpSubject;
import io.milepost.analytics.reference.ReferenceEvaluator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent and what was acknowledged, to be held against what the journal has. Any number of threads. */
final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUESTIONS = 60;

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** Events of one world, without end: the people of that number. */
    static List<String> events(long number) {
        return AwkwardStreams.of(1).withPeople(number, "p" + number + "-").events();
    }

    /** Whether it was acknowledged; otherwise it was refused for now, with the time to come again. */
    boolean send(Server server, List<String> events) {
        sending(events);
        Answer answer = server.post(Server.LINES, String.join("\n", events));
        if (answer.status() == 200) {
            assertThat(answer.number("rejectedCount")).as("%s", answer.json()).isZero();
            acknowledged(events);
            return true;
        }
        assertThat(answer.status()).as("%s", answer.json()).isIn(429, 503);
        assertThat(answer.retryAfter()).isNotEmpty();
        return false;
    }

    void sending(List<String> events) {
        events.forEach(event -> sent.add(identity(event)));
    }

    void acknowledged(List<String> events) {
        events.forEach(event -> acknowledged.add(identity(event)));
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Acknowledged ⊆ stored ⊆ sent, none twice, and the figures are those of what is stored. */
    void assertKept(Server server) {
        List<String> stored = stored(server);
        List<String> identities = stored.stream().map(Ledger::identity).toList();
        assertThat(identities).doesNotHaveDuplicates();
        assertThat(identities).containsAll(acknowledged);
        assertThat(sent).containsAll(identities);
        assertThat(server.journal().freshness().acceptedEvents()).isEqualTo(stored.size());
        server.journal().whenProjected(stored.size()).join();
        assertFigures(server, stored);
        assertThat(server.get("/v1/audit").json().get("ok").booleanValue()).isTrue();
    }

    private static void assertFigures(Server server, List<String> stored) {
        ReferenceEvaluator reference = new ReferenceEvaluator(stored);
        HttpSubject served = new HttpSubject(HttpClient.newHttpClient(), server.uri(), "");
        List<FigureRequest> requests = new AwkwardQueries(1, stored).all();
        requests.stream().filter(reference::knows).limit(QUESTIONS).forEach(request -> assertThat(
                        FigureDifference.between(reference.figures(request), served.figures(request)))
                .as("%s", request)
                .isEmpty());
    }

    static List<String> stored(Server server) {
        List<String> stored = new ArrayList<>();
        Optional<Block> block = server.journal().block(1);
        for (long next = 2; block.isPresent(); next++) {
            block.get()
                    .events()
                    .forEach(event -> stored.add(
                            new String(event.raw, event.rawOffset, event.rawLength, StandardCharsets.UTF_8)));
            block = server.journal().block(next);
        }
        return stored;
    }

    private static String identity(String event) {
        try {
            JsonNode read = JSON.readTree(event);
            return read.get("source").textValue() + " " + read.get("id").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
