package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Any value of any parameter is answered or refused by name, within seconds, and never a fault of the server.
 * {@code -Dmilepost.fuzz.requests=n} sends more of them, {@code -Dmilepost.seed=n} others.
 */
class QueryFuzzIT {

    private static final int REQUESTS = Integer.getInteger("milepost.fuzz.requests", 600);
    private static final long SEED = Long.getLong("milepost.seed", 1L);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final List<String> PATHS = List.of(
            "/v1/journeys",
            "/v1/journeys/onboarding/summary",
            "/v1/journeys/onboarding/nodes",
            "/v1/journeys/onboarding/series",
            "/v1/journeys/onboarding/users",
            "/v1/journeys/onboarding/imports",
            "/v1/journeys/onboarding",
            "/v1/mep",
            "/v1/mep/report",
            "/v1/rejected-events",
            "/v1/audit");
    private static final List<String> NAMES = List.of(
            "from",
            "to",
            "version",
            "variant",
            "basis",
            "include",
            "zone",
            "asOf",
            "measure",
            "bucket",
            "node",
            "channel",
            "platform",
            "kind",
            "outcome",
            "reason",
            "fromNode",
            "edge",
            "cursor",
            "size",
            "page",
            "format",
            "separator",
            "bom",
            "month",
            "search");
    private static final List<String> VALUES = List.of(
            "2026-03-01T00:00:00Z",
            "2026-03-01T00:00:00.123456789+05:45",
            "-999999999-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "0000-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "1",
            "0",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "cohort",
            "activity",
            "test",
            "UTC",
            "Europe/Berlin",
            "Europe/../etc",
            "GMT+99",
            "entries",
            "conversionRate.value",
            "engagements.clicked.users",
            "engagements..",
            "day",
            "hour",
            "month",
            "csv",
            "xlsx",
            "2026-03",
            "2026-13",
            "none",
            "",
            " ",
            "\u0000",
            "\uD83D\uDE00",
            "%",
            "';--",
            "../../x",
            "a".repeat(300),
            Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[40]));

    private static ApiServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anyParameterIsAnsweredOrRefused() {
        Random random = new Random(SEED);
        for (int i = 0; i < REQUESTS; i++) {
            String path = path(random);
            long start = System.nanoTime();
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode())
                    .as("seed %s: %s gave %s", SEED, path, answer.body())
                    .isIn(200, 400, 404);
            if (answer.statusCode() == 400) {
                assertThat(answer.body()).as(path).contains("\"detail\"");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(PATIENCE);
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(PATHS.get(random.nextInt(PATHS.size())));
        int parameters = random.nextInt(4);
        for (int i = 0; i < parameters; i++) {
            path.append(i == 0 ? '?' : '&')
                    .append(NAMES.get(random.nextInt(NAMES.size())))
                    .append('=')
                    .append(URLEncoder.encode(value(random), StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    /** One that is known to be of interest, or such a one with some of its characters changed. */
    private static String value(Random random) {
        StringBuilder value = new StringBuilder(VALUES.get(random.nextInt(VALUES.size())));
        int changes = random.nextInt(3);
        for (int i = 0; i < changes && value.length() > 0; i++) {
            int at = random.nextInt(value.length());
            switch (random.nextInt(3)) {
                case 0 -> value.deleteCharAt(at);
                case 1 -> value.insert(at, (char) random.nextInt(0x250));
                default -> value.setCharAt(at, (char) (value.charAt(at) ^ 1 << random.nextInt(7)));
            }
        }
        return value.toString();
    }
}
