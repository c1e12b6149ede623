package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What capture asks of the engine's threads. In bytes, which are the same on a busy machine; time is for the benchmark. */
class OverheadIT {
    private static final long MOST_BYTES = 6 * 1024;

    @Test
    void anInstanceOf14EventsAllocatesAtMost6Kib() throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OverheadAllocation.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(engine.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(engine.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(engine.exitValue()).as(told).isZero();
        String[] bytes = told.split(" ");
        long own = Long.parseLong(bytes[0]);
        long all = Long.parseLong(bytes[1]);
        System.out.printf(
                "An instance of 14 events: capture allocates %d bytes, with the engine's own for its listeners %d%n",
                own, all);
        assertThat(own).isPositive();
        assertThat(Math.max(own, all)).isLessThanOrEqualTo(MOST_BYTES);
    }
}
