package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.spi.Diagnostics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransportIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Path folder;

    TransportIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void deliversEachEventOnce(WireFormat format) throws Exception {
        try (Collector collector = new Collector();
                Transport transport = to(collector)
                        .format(format)
                        .gzip(format == WireFormat.NDJSON)
                        .batchEvents(1000)
                        .build()) {
            emit(transport, 0, 2500);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 2500));
            assertThat(collector.batchSizes).allMatch(size -> size <= 1000);
            assertThat(transport.delivery().delivered()).isEqualTo(2500);
            assertThat(collector.duplicates).hasValue(0);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void keepsEventsWhileAnalyticsIsDownAndSendsThemOnceItIsBack() throws Exception {
        int port = Collector.freePort();
        try (Transport transport = to(URI.create("http://127.0.0.1:" + port)).build()) {
            emit(transport, 0, 3000);
            assertThat(transport.flush(SHORT)).isFalse();
            assertThat(transport.delivery().waiting()).isEqualTo(3000);
            assertThat(transport.delivery().lastFailure()).isNotNull();
            assertBalanced(transport.delivery());
            try (Collector collector = new Collector(port)) {
                assertThat(transport.flush(LONG)).isTrue();
                assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 3000));
            }
            assertThat(transport.delivery().delivered()).isEqualTo(3000);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void sendsWhatAnEarlierRunLeft() throws Exception {
        try (Transport nowhere =
                to(URI.create("http://127.0.0.1:" + Collector.freePort())).build()) {
            emit(nowhere, 0, 1500);
        }
        try (Collector collector = new Collector();
                Transport transport = to(collector).build()) {
            emit(transport, 1500, 10);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 1510));
            assertThat(transport.delivery().recovered()).isEqualTo(1500);
            assertThat(transport.delivery().emitted()).isEqualTo(1510);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void triesNoMoreOnceItIsClosed() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
            Collector.answer(exchange, 503, Map.of(), "");
            return true;
        })) {
            try (Transport transport = to(collector)
                    .connections(1)
                    .backoff(Duration.ofHours(1), Duration.ofHours(1))
                    .build()) {
                emit(transport, 0, 100);
                assertThat(transport.flush(SHORT)).isFalse();
            }
            assertThat(collector.requests).hasValue(1);
            collector.which((exchange, request, events) -> false);
            try (Transport again = to(collector).build()) {
                assertThat(again.flush(LONG)).isTrue();
                assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            }
        }
    }

    @Test
    void waitsAsLongAsRetryAfterAsks() throws Exception {
        List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    if (request > 2) {
                        return false;
                    }
                    Collector.answer(exchange, request == 1 ? 503 : 429, Map.of("Retry-After", "7"), "");
                    return true;
                });
                Transport transport =
                        to(collector).connections(1).delay(waits::add).build()) {
            emit(transport, 0, 100);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            assertThat(collector.duplicates).hasValue(0);
        }
    }

    @Test
    void sendsTheSameIdsAgainWhenTheConnectionIsCutAfterTheyWereTaken() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> request == 1);
                Transport transport = to(collector).build()) {
            emit(transport, 0, 100);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 100));
        }
        Collector twice = new Collector();
        twice.which((exchange, request, events) -> {
            if (request == 1) {
                events.forEach(event -> twice.ids.add(event.id()));
            }
            return request == 1;
        });
        try (twice;
                Transport transport = to(twice).spool(folder.resolve("second")).build()) {
            emit(transport, 0, 100);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(twice.ids).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            assertThat(transport.delivery().delivered()).isEqualTo(100);
            assertThat(transport.delivery().duplicates()).isPositive();
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void triesAgainWhenAnalyticsIsTooSlowToAnswer() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    if (request == 1) {
                        never.await();
                    }
                    return false;
                });
                Transport transport =
                        to(collector).requestTimeout(Duration.ofMillis(200)).build()) {
            emit(transport, 0, 100);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            assertThat(transport.delivery().delivered()).isEqualTo(100);
        }
    }

    @Test
    void takesNoLoginPageForAnAnswer() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    if (request == 1) {
                        Collector.answer(exchange, 200, Map.of("Content-Type", "text/html"), "<html>Sign in</html>");
                    }
                    return request == 1;
                });
                Transport transport = to(collector).build()) {
            emit(transport, 0, 10);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).hasSize(10);
        }
    }

    @Test
    void keepsEventsWhenItMayNotSend() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    if (request <= 3) {
                        Collector.answer(exchange, List.of(401, 404, 500).get(request - 1), Map.of(), "");
                    }
                    return request <= 3;
                });
                Transport transport = to(collector).build()) {
            emit(transport, 0, 10);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415})
    void halvesARefusedBatchUntilTheCulpritIsAlone(int status) throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    boolean culprit =
                            events.stream().anyMatch(event -> event.id().equals(Events.id(77)));
                    if (culprit) {
                        Collector.answer(exchange, status, Map.of(), "");
                    }
                    return culprit;
                });
                Transport transport = to(collector).build()) {
            emit(transport, 0, 400);
            assertThat(transport.flush(LONG)).isTrue();
            List<String> good = ids(0, 400);
            good.remove(Events.id(77));
            assertThat(collector.ids).containsExactlyInAnyOrderElementsOf(good);
            assertThat(transport.delivery().dropped(DropReason.REFUSED)).isEqualTo(1);
            assertThat(transport.delivery().delivered()).isEqualTo(399);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void countsWhatAnalyticsRejected() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    String rejections = IntStream.range(0, Math.min(2, events.size()))
                            .mapToObj(
                                    i -> "{\"index\":" + i + ",\"reason\":\"invalid-field\",\"field\":\"data.nodeId\"}")
                            .reduce((a, b) -> a + "," + b)
                            .orElse("");
                    Collector.answer(
                            exchange,
                            200,
                            Map.of(),
                            "{\"accepted\":" + (events.size() - 3)
                                    + ",\"duplicates\":1,\"rejectedCount\":2,\"rejected\":[" + rejections + "]}");
                    return true;
                });
                Transport transport = to(collector).build()) {
            transport.emit(Events.batch(0, 10));
            assertThat(transport.flush(LONG)).isTrue();
            Delivery delivery = transport.delivery();
            assertThat(delivery.delivered()).isEqualTo(8);
            assertThat(delivery.duplicates()).isEqualTo(1);
            assertThat(delivery.dropped(DropReason.REJECTED)).isEqualTo(2);
            assertBalanced(delivery);
            Diagnostics byName = transport.diagnostics();
            assertThat(byName.count("dropped.rejected")).isEqualTo(2);
            assertThat(byName.count(Diagnostics.DELIVERED)).isEqualTo(8);
        }
    }

    @Test
    void spillsToTheSpoolWhenTheQueueIsFullAndDropsNothing() throws Exception {
        try (Collector collector = new Collector();
                Transport transport = to(collector).queueEvents(5).build()) {
            emitFromThreads(8, 500, 4, transport);
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(transport.delivery().droppedInAll()).isZero();
            assertThat(collector.ids.size()).isEqualTo(8 * 500 * 4);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void dropsAndCountsWhatFindsNoRoomAndDeliversTheRest() throws Exception {
        int port = Collector.freePort();
        try (Transport transport = to(URI.create("http://127.0.0.1:" + port))
                .spoolBytes(1 << 20)
                .queueEvents(1000)
                .build()) {
            emit(transport, 0, 10_000);
            assertThat(transport.flush(SHORT)).isFalse();
            Delivery full = transport.delivery();
            assertThat(full.dropped(DropReason.SPOOL_FULL)).isPositive();
            assertThat(full.waiting()).isEqualTo(10_000 - full.droppedInAll()).isGreaterThan(2500);
            assertBalanced(full);
            try (Collector collector = new Collector(port)) {
                assertThat(transport.flush(LONG)).isTrue();
                assertThat((long) collector.ids.size()).isEqualTo(full.waiting());
            }
            assertThat(transport.delivery().waiting()).isZero();
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void emitBlockingWaitsForRoomAndDropsNothing() throws Exception {
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    TimeUnit.MILLISECONDS.sleep(5);
                    return false;
                });
                Transport transport =
                        to(collector).spoolBytes(1 << 20).queueEvents(100).build()) {
            for (int i = 0; i < 20_000; i += 50) {
                transport.emitBlocking(Events.batch(i, 50));
            }
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids.size()).isEqualTo(20_000);
            assertThat(transport.delivery().droppedInAll()).isZero();
        }
    }

    @Test
    void holdsTheIdentityAtAnyMomentWithManyThreadsAndAFlakyServer() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        try (Collector collector = new Collector().which((exchange, request, events) -> {
                    int dice = random.nextInt(10);
                    if (dice < 2) {
                        Collector.answer(exchange, 503, Map.of(), "");
                    }
                    return dice < 4;
                });
                Transport transport = to(collector)
                        .connections(4)
                        .batchEvents(200)
                        .queueEvents(1000)
                        .build()) {
            AtomicBoolean emitting = new AtomicBoolean(true);
            Thread auditor = new Thread(() -> {
                while (emitting.get()) {
                    assertBalanced(transport.delivery());
                }
            });
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            auditor.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            auditor.start();
            emitFromThreads(8, 500, 5, transport);
            assertThat(transport.flush(LONG)).as("seed %d", seed).isTrue();
            emitting.set(false);
            auditor.join();
            assertThat(failures).isEmpty();
            assertThat(transport.delivery().droppedInAll()).isZero();
            assertThat(collector.ids.size()).isEqualTo(8 * 500 * 5);
            assertThat(transport.delivery().delivered()).isEqualTo(8 * 500 * 5);
            assertThat(transport.delivery().waiting()).isZero();
        }
    }

    @Test
    void countsWhatComesAfterItWasClosed() throws Exception {
        try (Collector collector = new Collector()) {
            Transport transport = to(collector).build();
            emit(transport, 0, 10);
            transport.close();
            emit(transport, 10, 5);
            transport.close();
            assertThat(transport.delivery().dropped(DropReason.CLOSED)).isEqualTo(5);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void emitsOnAnInterruptedThreadAndLeavesItInterrupted() throws Exception {
        try (Collector collector = new Collector();
                Transport transport = to(collector).queueEvents(1).build()) {
            Thread.currentThread().interrupt();
            emit(transport, 0, 100);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(transport.flush(LONG)).isTrue();
            assertThat(collector.ids).hasSize(100);
            assertBalanced(transport.delivery());
        }
    }

    @Test
    void damageOnDiskIsCountedAndTheRestDelivered() throws Exception {
        try (Transport nowhere =
                to(URI.create("http://127.0.0.1:" + Collector.freePort())).build()) {
            for (int i = 0; i < 3000; i++) {
                nowhere.emit(Events.batch(i, 1));
            }
        }
        flipABitInTheMiddle();
        try (Collector collector = new Collector();
                Transport transport = to(collector).build()) {
            assertThat(transport.flush(LONG)).isTrue();
            Delivery delivery = transport.delivery();
            assertThat(delivery.dropped(DropReason.DAMAGED)).isPositive();
            assertThat(delivery.recovered()).isEqualTo(3000);
            assertThat((long) collector.ids.size()).isEqualTo(delivery.delivered());
            assertBalanced(delivery);
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> Transport.to(URI.create("http://localhost")).build())
                .hasMessageContaining("spool(folder) is required");
        assertThatThrownBy(() -> Transport.to(URI.create("http://localhost")).connections(0))
                .hasMessage("connections must be at least 1, not 0");
        assertThatThrownBy(() -> Transport.to(URI.create("ftp://localhost"))
                        .spool(folder)
                        .build())
                .hasMessageContaining("ftp");
    }

    @Test
    void aFlushOfNothingTakesNoTime() throws Exception {
        try (Collector collector = new Collector();
                Transport transport = to(collector).build()) {
            assertThat(transport.flush(Duration.ZERO)).isTrue();
        }
    }

    private Transport.Builder to(Collector collector) {
        return to(collector.address());
    }

    private Transport.Builder to(URI address) {
        return Transport.to(address)
                .spool(folder)
                .linger(Duration.ofMillis(10))
                .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                .random(new Random(1));
    }

    private static void emit(Transport transport, int from, int count) {
        for (int i = from; i < from + count; i += 5) {
            transport.emit(Events.batch(i, 5));
        }
    }

    private static void emitFromThreads(int threads, int batches, int size, Transport transport)
            throws InterruptedException {
        List<Thread> engine = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * batches * size;
            Thread thread = new Thread(() -> {
                for (int b = 0; b < batches; b++) {
                    transport.emit(Events.batch(first + b * size, size));
                }
            });
            thread.start();
            engine.add(thread);
        }
        for (Thread thread : engine) {
            thread.join();
        }
    }

    private void flipABitInTheMiddle() throws IOException {
        Path segment;
        try (Stream<Path> files = Files.list(folder)) {
            segment =
                    Objects.requireNonNull(files.filter(file -> file.toString().endsWith(".spool"))
                            .sorted()
                            .findFirst()
                            .orElse(null));
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 4;
        Files.write(segment, bytes);
    }

    private static List<String> ids(int from, int count) {
        return new ArrayList<>(
                IntStream.range(from, from + count).mapToObj(Events::id).toList());
    }

    private static void assertBalanced(Delivery delivery) {
        assertThat(delivery.delivered() + delivery.waiting() + delivery.droppedInAll())
                .as("%s", delivery)
                .isEqualTo(delivery.emitted());
        assertThat(delivery.waiting()).isNotNegative();
    }
}
