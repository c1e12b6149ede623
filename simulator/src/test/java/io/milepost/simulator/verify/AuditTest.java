package io.milepost.simulator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTest {

    /** A dozen laws that hold, and one more. */
    private static String laws(String ok, String violations) {
        String dozen = IntStream.range(0, 12)
                .mapToObj(i -> "{'id': 'L" + i + "', 'statement': 's', 'checked': 2, 'violations': []}")
                .collect(Collectors.joining(", "));
        return "{'ok': " + ok + ", 'laws': [" + dozen + ", {'id': 'L12', 'statement': 'visits add up', 'checked': 3,"
                + " 'violations': [" + violations + "]}]}";
    }

    private static Verdict audited(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/audit", exchange -> {
            byte[] answer = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Findings findings = new Findings();
            new Audit(new AnalyticsClient(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort())))
                    .verify(findings);
            return findings.verdict(new Reasons(person -> {}));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysHowMuchWasChecked() throws IOException {
        Verdict verdict = audited(200, laws("true", ""));
        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.notes()).containsExactly("audit: 13 laws, 27 checks, 0 violations");
    }

    @Test
    void namesABrokenLaw() throws IOException {
        Verdict verdict = audited(200, laws("false", "{'scope': 'node a', 'expected': 3, 'actual': 4}"));
        assertThat(verdict.differences())
                .extracting(Difference::toString)
                .containsExactly("audit [node a] L12: visits add up: expected 3, got 4");
    }

    @Test
    void mindsAnAuditThatDoesNotMeanWhatItSays() throws IOException {
        assertThat(audited(200, laws("false", "")).differences())
                .extracting(Difference::toString)
                .containsExactly("audit [all] ok: expected true, got false");
        assertThat(audited(200, "{'ok': true, 'laws': []}").differences())
                .extracting(Difference::measure)
                .containsExactly("laws");
    }

    @Test
    void saysThatThereIsNone() throws IOException {
        Verdict verdict = audited(404, "{}");
        assertThat(verdict.agrees()).isTrue();
        assertThat(verdict.notes()).containsExactly("audit: not offered by this analytics");
    }
}
