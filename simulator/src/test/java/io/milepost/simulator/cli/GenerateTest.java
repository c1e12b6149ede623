package io.milepost.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.spi.JourneyEvent;
import io.milepost.transport.CloudEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {

    private static List<JourneyEvent> events() {
        World world = new World(ScenarioReader.builtIn("ivr-menu"), 5, Instant.parse("2025-11-02T12:00:00Z"));
        List<JourneyEvent> events = new ArrayList<>();
        world.run(events::addAll);
        return events;
    }

    private static byte[] written(List<JourneyEvent> events, int threads) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventFile file = new EventFile(bytes, threads)) {
            for (JourneyEvent event : events) {
                file.write(List.of(event));
            }
            file.finish();
            assertThat(file.count()).isEqualTo(events.size());
        }
        return bytes.toByteArray();
    }

    @Test
    void anyNumberOfThreadsWritesTheSameBytesInOrder() throws IOException {
        List<JourneyEvent> events = events();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (CloudEvents.Lines lines = CloudEvents.lines(expected)) {
            for (JourneyEvent event : events) {
                lines.write(event);
            }
        }
        assertThat(events).hasSizeGreaterThan(5_000);
        for (int threads : new int[] {1, 2, 5}) {
            assertThat(written(events, threads)).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void theSameSeedWritesTheSameFile(@TempDir Path folder) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String name : List.of("one.ndjson", "two.ndjson")) {
            Path file = folder.resolve(name);
            assertThat(Runs.simulator(
                                    List.of("generate", "--out", file.toString()),
                                    List.of("--users", "200", "--seed", "9", "--until", "2025-11-02T12:00:00Z"))
                            .exit())
                    .isEqualTo(Exit.AGREES);
            files.add(Files.readAllBytes(file));
        }
        assertThat(files.get(0)).isNotEmpty().isEqualTo(files.get(1));
    }
}
