package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers who leave in the middle of a download that is larger than what lies in sockets. */
class DroppedDownloadIT {

    private static final int ENTRIES = 50_000;
    private static final int PER_BODY = 10_000;
    private static final int READERS = 8;

    @Test
    void leavesNoWriterBehind() throws Exception {
        // Where there are virtual threads they do the writing, and those cannot be counted.
        try (ApiServer server = ApiServer.startEmpty(Map.of("micronaut.executors.blocking.type", "cached"))) {
            for (int from = 0; from < ENTRIES; from += PER_BODY) {
                enter(server, from);
            }
            for (String format : List.of("csv", "xlsx")) {
                List<Socket> readers = new ArrayList<>();
                for (int i = 0; i < READERS; i++) {
                    readers.add(read(server, format));
                }
                assertThat(writers()).as("they are being written to").isGreaterThan(0);
                for (Socket reader : readers) {
                    reader.close();
                }

                for (int i = 0; i < 300 && writers() > 0; i++) {
                    new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                }

                assertThat(writers()).isZero();
            }
            assertThat(server.json("/v1/journeys/onboarding/users?measure=entries&size=1")
                            .get("total")
                            .intValue())
                    .isEqualTo(ENTRIES);
        }
    }

    /** A reader who has seen the first bytes and takes no more; a small window keeps the rest with the server. */
    private static Socket read(ApiServer server, String format) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        socket.getOutputStream()
                .write(("GET /v1/journeys/onboarding/users?measure=entries&format=" + format
                                + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(socket.getInputStream().readNBytes(512)).isNotEmpty();
        return socket;
    }

    private static long writers() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().endsWith(".export.Pipe")
                                && frame.getMethodName().equals("write")))
                .count();
    }

    private static void enter(ApiServer server, int from) throws Exception {
        String events = IntStream.range(from, from + PER_BODY)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"id\":\"e" + i
                        + "\",\"source\":\"/engines/test\",\"type\":\"journey.entered\",\"time\":\"2026-03-02T10:00:00Z\","
                        + "\"data\":{\"journeyId\":\"onboarding\",\"version\":1,\"entryId\":\"an-entry-with-a-long-id-"
                        + i
                        + "\",\"userId\":\"a-user-with-a-long-id-" + i + "\"}}")
                .collect(Collectors.joining("\n"));
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/v1/events"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(BodyPublishers.ofString(events))
                                .build(),
                        BodyHandlers.ofString());
        server.json("/v1/journeys?minEvents=" + (from + PER_BODY));
    }
}
