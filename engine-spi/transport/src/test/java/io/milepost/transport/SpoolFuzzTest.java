package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A segment is whatever a disk made of it: what is whole is given, what is not is counted, nothing throws. */
class SpoolFuzzTest {
    private static final int MIB = 1 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static Stream<Arguments> segments() throws Exception {
        byte[] whole = segment();
        byte[] torn = Arrays.copyOf(whole, whole.length - 3);
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        byte[] longest = whole.clone();
        Arrays.fill(longest, 0, Math.min(Frame.HEADER, longest.length), (byte) 0x7F);
        return Stream.of(whole, torn, twice, longest, new byte[0], new byte[4096])
                .map(bytes -> Arguments.of((Object) bytes));
    }

    private static byte[] segment() throws Exception {
        Path folder = Files.createTempDirectory("spool");
        try (Spool spool = Spool.open(folder, MIB)) {
            Ledger ledger = new Ledger(InstantSource.system(), Duration.ZERO, 0, 0);
            for (int i = 0; i < 3; i++) {
                FrameBuilder frame = new FrameBuilder(1000, MIB);
                frame.add(Events.event(i), ledger);
                spool.append(frame, Duration.ofSeconds(1));
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(one -> one.toString().endsWith(Segment.SUFFIX))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(file);
        }
    }

    @MethodSource("segments")
    @FuzzTest(maxDuration = "2m")
    void givesWhatIsWholeAndCountsTheRest(byte[] bytes) throws Exception {
        clear();
        Files.write(Segment.file(folder, 0), bytes);
        try (Spool spool = Spool.open(folder, MIB)) {
            long waiting = spool.waiting();
            long seen = 0;
            while (spool.waiting() > 0) {
                Chunk chunk = Objects.requireNonNull(spool.take(1_000, MIB, Duration.ZERO));
                assertThat(chunk.end()).isGreaterThan(chunk.first());
                seen += chunk.lost() + chunk.lines().count();
                spool.acknowledge(chunk);
            }
            assertThat(seen).isEqualTo(waiting);
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(SpoolFuzzTest::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
