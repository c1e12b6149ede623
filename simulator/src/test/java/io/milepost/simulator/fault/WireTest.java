package io.milepost.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final EventSource ENGINE = new EventSource("/test");
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    private static JourneyEventBatch at(int second) {
        return JourneyEventBatch.of(ENGINE.userActed(DAY.plusSeconds(second), "ann", "visit"));
    }

    @Test
    void aCutLineRefusesForAWhileAndThenHolds() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (Wire wire =
                new Wire(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
            assertThat(status(wire.url())).isEqualTo(204);
            wire.cut(1);
            assertThatThrownBy(() -> status(wire.url())).isInstanceOf(IOException.class);
            assertThat(status(wire.url())).isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    /** A POST, which the client does not send again by itself. */
    private static int status(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void sendersTakeTurns() {
        List<JourneyEvent> one = new ArrayList<>();
        List<JourneyEvent> other = new ArrayList<>();
        Senders senders =
                new Senders(List.of(batch -> one.addAll(batch.events()), batch -> other.addAll(batch.events())));
        for (int second = 0; second < 5; second++) {
            senders.emit(at(second));
        }
        assertThat(one).hasSize(3);
        assertThat(other).hasSize(2);
    }

    /** At sixty times real time, a minute of the world is waited for a second. */
    @Test
    void virtualTimePassesNoFasterThanItShould() {
        List<Duration> pauses = new ArrayList<>();
        Pace pace = new Pace(batch -> {}, 60, () -> 0, pauses::add);
        pace.emit(at(0));
        pace.emit(at(60));
        pace.emit(at(90));
        assertThat(pauses).containsExactly(Duration.ofMillis(1000), Duration.ofMillis(1500));
    }

    @Test
    void transactionsAreTakenApartWhole() {
        List<JourneyEventBatch> out = new ArrayList<>();
        Faults apart = new Faults(0, 0, 0, Duration.ZERO, 0, 1, Duration.ZERO, 1, 0, 0);
        FaultySink sink = new FaultySink(out::add, apart, 1);
        sink.emit(new JourneyEventBatch(List.of(
                at(0).events().get(0), at(1).events().get(0), at(2).events().get(0))));
        assertThat(out).hasSize(3).allMatch(batch -> batch.size() == 1);
        assertThat(sink.diagnostics().count("split")).isEqualTo(3);
    }
}
