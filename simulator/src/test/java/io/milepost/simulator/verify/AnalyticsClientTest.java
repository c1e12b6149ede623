package io.milepost.simulator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyticsClientTest {

    /** Who is slow differs, who is not there cannot be reached: they have exit codes of their own. */
    @Test
    void tellsSlowFromGone() throws IOException {
        URI url;
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            AnalyticsClient client = new AnalyticsClient(url, Duration.ofSeconds(2));
            assertThatThrownBy(() -> client.get("/v1/journeys", List.of()))
                    .isInstanceOf(AnalyticsException.class)
                    .hasMessage("GET " + url + "/v1/journeys was not answered within 2.0 s")
                    .satisfies(e ->
                            assertThat(((AnalyticsException) e).unreachable()).isFalse());
        }
        AnalyticsClient client = new AnalyticsClient(url);
        assertThatThrownBy(() -> client.get("/v1/journeys", List.of()))
                .hasMessageContaining("cannot be reached")
                .satisfies(
                        e -> assertThat(((AnalyticsException) e).unreachable()).isTrue());
        assertThat(client.isReady()).isFalse();
    }
}
