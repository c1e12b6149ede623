package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.spi.JourneyEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long MIB = 1 << 20;

    private final Path folder;

    SpoolTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void givesBackWhatWasAppendedInOrder() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 3);
            append(spool, 3, 2);
            assertThat(spool.waiting()).isEqualTo(5);
            assertThat(numbers(take(spool, 100))).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void takesNoMoreThanAskedForButWholeFrames() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 3);
            append(spool, 3, 3);
            append(spool, 6, 3);
            assertThat(numbers(take(spool, 7))).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(numbers(take(spool, 1))).containsExactly(6, 7, 8);
        }
    }

    @Test
    void givesAgainAfterARestartWhatWasNotAcknowledged() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            for (int i = 0; i < 4; i++) {
                append(spool, i, 1);
            }
            Chunk first = take(spool, 1);
            Chunk second = take(spool, 1);
            Chunk third = take(spool, 1);
            spool.acknowledge(third);
            spool.acknowledge(first);
            assertThat(spool.waiting()).isEqualTo(3);
            assertThat(second.first()).isEqualTo(1);
        }
        try (Spool spool = Spool.open(folder, MIB)) {
            assertThat(spool.waiting()).isEqualTo(3);
            append(spool, 4, 1);
            assertThat(numbers(take(spool, 100))).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void saysWhenItIsFullAndHasRoomAgainOnceSomethingIsAcknowledged() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            int events = fill(spool);
            assertThat(sizeOnDisk()).isLessThanOrEqualTo(MIB);
            assertThat(tryAppend(spool, events, 100)).isEqualTo(Spool.Appended.FULL);
            Chunk chunk = take(spool, events / 2);
            spool.acknowledge(chunk);
            assertThat(tryAppend(spool, events, 100)).isEqualTo(Spool.Appended.YES);
            assertThat(spool.waiting()).isEqualTo(events + 100L - (chunk.end() - chunk.first()));
        }
    }

    @Test
    void deletesSegmentsThatAreDelivered() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            int events = fill(spool);
            assertThat(segments()).hasSizeGreaterThan(5);
            while (spool.waiting() > 0) {
                spool.acknowledge(take(spool, 1000));
            }
            assertThat(segments()).hasSize(1);
            assertThat(spool.next()).isEqualTo(events);
        }
    }

    @Test
    void cutsATailThatWasTornAtAnyByte() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 2);
            append(spool, 2, 2);
        }
        byte[] whole = Files.readAllBytes(segments().get(0));
        int firstFrame =
                Frame.HEADER + Objects.requireNonNull(Frame.header(whole, 0)).length();
        for (int length = firstFrame + 1; length < whole.length; length += 7) {
            Files.write(segments().get(0), Arrays.copyOf(whole, length));
            try (Spool spool = Spool.open(folder, MIB)) {
                assertThat(spool.tornBytes()).isEqualTo(length - firstFrame);
                assertThat(spool.waiting()).isEqualTo(2);
                assertThat(numbers(take(spool, 100))).containsExactly(0, 1);
            }
        }
    }

    @Test
    void writesOnBehindATornTail() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 2);
            append(spool, 2, 2);
        }
        byte[] whole = Files.readAllBytes(segments().get(0));
        Files.write(segments().get(0), Arrays.copyOf(whole, whole.length - 1));
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 7, 1);
            assertThat(numbers(take(spool, 100))).containsExactly(0, 1, 7);
        }
    }

    /** Frames of one event each: a flipped bit costs the event it hits, exactly that is counted, and all others come. */
    @Test
    void countsTheEventsAFlippedBitCostsAndGivesTheOthers() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            for (int i = 0; i < 20; i++) {
                append(spool, i, 1);
            }
        }
        Path segment = segments().get(0);
        byte[] whole = Files.readAllBytes(segment);
        long seed = 20260301;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length * 18 / 20);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(segment, flipped);
            try (Spool spool = Spool.open(folder, MIB)) {
                Chunk chunk = take(spool, 100);
                assertThat(chunk.lost()).as("lost, seed %d, byte %d", seed, at).isEqualTo(1);
                assertThat(numbers(chunk)).hasSize(19);
                assertThat(chunk.end()).isEqualTo(20);
            }
        }
    }

    @Test
    void keepsADamagedSegmentForPeople() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            fill(spool);
        }
        Path damaged = segments().get(0);
        byte[] bytes = Files.readAllBytes(damaged);
        Arrays.fill(bytes, 1000, bytes.length, (byte) 0);
        Files.write(damaged, bytes);
        long lost = 0;
        int read = 0;
        try (Spool spool = Spool.open(folder, MIB)) {
            long all = spool.waiting();
            while (spool.waiting() > 0) {
                Chunk chunk = take(spool, 1000);
                lost += chunk.lost();
                read += chunk.lines().count();
                spool.acknowledge(chunk);
            }
            assertThat(lost).isPositive();
            assertThat(lost + read).isEqualTo(all);
        }
        assertThat(damaged.resolveSibling(damaged.getFileName() + ".damaged")).exists();
    }

    @Test
    void sendsAllAgainWhenThePositionIsUnreadable() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 2);
            append(spool, 2, 2);
            spool.acknowledge(take(spool, 2));
        }
        Files.write(folder.resolve("position"), new byte[40]);
        try (Spool spool = Spool.open(folder, MIB)) {
            assertThat(numbers(take(spool, 100))).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void survivesATornPosition() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            for (int i = 0; i < 3; i++) {
                append(spool, i, 1);
            }
            spool.acknowledge(take(spool, 1));
            spool.acknowledge(take(spool, 1));
        }
        byte[] position = Files.readAllBytes(folder.resolve("position"));
        position[7] ^= 1;
        Files.write(folder.resolve("position"), position);
        try (Spool spool = Spool.open(folder, MIB)) {
            assertThat(numbers(take(spool, 100))).containsExactly(1, 2);
        }
    }

    @Test
    void goesOnNumberingWhereAPowerCutTookTheTailButNotThePosition() throws Exception {
        try (Spool spool = Spool.open(folder, MIB)) {
            append(spool, 0, 5);
            spool.acknowledge(take(spool, 5));
        }
        Files.write(segments().get(0), new byte[0]);
        try (Spool spool = Spool.open(folder, MIB)) {
            assertThat(spool.waiting()).isZero();
            append(spool, 9, 1);
            assertThat(numbers(take(spool, 5))).containsExactly(9);
        }
    }

    @Test
    void refusesAFolderThatIsInUse() throws IOException {
        try (Spool spool = Spool.open(folder, MIB)) {
            assertThat(spool.waiting()).isZero();
            assertThatThrownBy(() -> Spool.open(folder, MIB)).hasMessageContaining("in use by another transport");
        }
    }

    private static Chunk take(Spool spool, int most) throws IOException, InterruptedException {
        return Objects.requireNonNull(spool.take(most, 10_000_000, Duration.ZERO));
    }

    private static List<Integer> numbers(Chunk chunk) {
        List<Integer> numbers = new ArrayList<>();
        String lines = new String(
                chunk.lines().bytes(),
                chunk.lines().from(),
                chunk.lines().to() - chunk.lines().from(),
                StandardCharsets.UTF_8);
        lines.lines().forEach(line -> {
            JourneyEvent event = CloudEvents.decode(line.getBytes(StandardCharsets.UTF_8));
            numbers.add(Math.toIntExact(Objects.requireNonNull(
                    ((JourneyEvent.NodeEntered) event).entry().sequence())));
        });
        assertThat(numbers).hasSize(chunk.lines().count());
        return numbers;
    }

    private static void append(Spool spool, int from, int count) throws Exception {
        assertThat(tryAppend(spool, from, count)).isEqualTo(Spool.Appended.YES);
    }

    private static Spool.Appended tryAppend(Spool spool, int from, int count) throws Exception {
        Ledger ledger = new Ledger(InstantSource.system(), Duration.ZERO, 0, 0);
        FrameBuilder frame = new FrameBuilder(1000, 1 << 20);
        IntStream.range(from, from + count).forEach(i -> frame.add(Events.event(i), ledger));
        return spool.append(frame, Duration.ofSeconds(1));
    }

    private static int fill(Spool spool) throws Exception {
        int events = 0;
        while (tryAppend(spool, events, 100) == Spool.Appended.YES) {
            events += 100;
        }
        return events;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .sorted()
                    .toList();
        }
    }

    private long sizeOnDisk() throws IOException {
        long size = 0;
        for (Path segment : segments()) {
            size += Files.size(segment);
        }
        return size;
    }
}
