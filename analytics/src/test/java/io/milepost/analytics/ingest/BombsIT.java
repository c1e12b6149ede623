package io.milepost.analytics.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies made to hurt: each is refused at once, and leaves nothing in memory. */
final class BombsIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;
    private static final long HEAP_SLACK = 24L << 20;
    private static final int BODY = 16 * 1024 * 1024;
    /** More than any event may have, and soon sent. */
    private static final int LONG = 1024 * 1024;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Bomb(String type, byte[] body, boolean gzip) {}

    @Test
    void bombsAreRefusedWithinASecondAndLeaveTheHeapFlat() throws IOException {
        Map<String, Bomb> bombs = bombs();
        try (Server server = Server.start(Map.of("milepost.data-dir", folder.toString()))) {
            bombs.values().forEach(bomb -> post(server, bomb)); // classes are loaded, buffers made
            long before = heap();
            bombs.forEach((name, bomb) ->
                    assertThat(fastest(server, name, bomb)).as(name).isLessThan(AT_ONCE));
            assertThat(heap()).isLessThan(before + HEAP_SLACK);
            assertThat(server.journal().freshness().acceptedEvents()).isZero();
        }
    }

    /** Of some tries, for others use the machine too. */
    private static Duration fastest(Server server, String name, Bomb bomb) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            Answer answer = post(server, bomb);
            fastest = Math.min(fastest, System.nanoTime() - start);
            assertThat(answer.status()).as(name).isBetween(400, 499);
            assertThat(answer.contentType()).as(name).isEqualTo("application/problem+json");
        }
        return Duration.ofNanos(fastest);
    }

    private static Map<String, Bomb> bombs() throws IOException {
        Map<String, Bomb> bombs = new LinkedHashMap<>();
        byte[] zeros = packed(new byte[1 << 20], 1_000);
        bombs.put("a gigabyte of zeros, packed", new Bomb(Server.LINES, zeros, true));
        bombs.put("the same, said to be one event", new Bomb(Server.ONE, zeros, true));
        bombs.put("packed twice", new Bomb(Server.ARRAY, packed(zeros, 1), true));
        bombs.put("packed garbage", new Bomb(Server.ONE, garbage(), true));
        bombs.put("a wall of brackets", new Bomb(Server.ARRAY, Server.bytes("[".repeat(LONG)), false));
        bombs.put("a wall of objects", new Bomb(Server.ONE, Server.bytes("{\"a\":".repeat(LONG / 8)), false));
        bombs.put("a number without end", new Bomb(Server.ONE, Server.bytes("{\"id\":" + "9".repeat(LONG)), false));
        bombs.put("a string without end", new Bomb(Server.ONE, Server.bytes("{\"id\":\"" + "x".repeat(LONG)), false));
        bombs.put("a name without end", new Bomb(Server.ARRAY, Server.bytes("[{\"" + "x".repeat(LONG)), false));
        bombs.put("one byte too many", new Bomb(Server.LINES, Server.gzip(new byte[BODY + 1]), true));
        return bombs;
    }

    /** An endless line costs itself alone: the body as a whole is right, so it is no 4xx. */
    @Test
    void anEndlessLineIsRejectedAlone() {
        String good = "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"user.acted\","
                + "\"time\":\"2026-03-01T12:00:00Z\",\"data\":{\"userId\":\"u\",\"name\":\"x\"}}";
        try (Server server = Server.start(Map.of("milepost.data-dir", folder.toString()))) {
            Answer answer = server.post(Server.LINES, "{\"a\":\"" + "x".repeat(BODY / 2) + "\n" + good);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.number("accepted")).isEqualTo(1);
            assertThat(answer.number("rejectedCount")).isEqualTo(1);
        }
    }

    private static Answer post(Server server, Bomb bomb) {
        return bomb.gzip()
                ? server.postGzip(bomb.type(), bomb.body())
                : server.post("/v1/events", bomb.body(), "Content-Type", bomb.type());
    }

    private static byte[] packed(byte[] part, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < times; i++) {
                out.write(part);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[1 << 20];
        new Random(1).nextBytes(garbage);
        garbage[0] = 0x1F;
        garbage[1] = (byte) 0x8B;
        garbage[2] = 8;
        garbage[3] = 0;
        return garbage;
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
