package io.milepost.analytics.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A million rows, in a process that has 128 MiB of heap to spare beside what it knows. */
class ExportHeapIT {

    private static final int ROWS = 1_000_000;
    private static final long SPARE = 128L << 20;
    private static final Pattern FIRST_BYTE = Pattern.compile("first byte ms (\\d+)");

    @Test
    void writesAMillionRowsInOrderWithin128MiBAndBeginsAtOnce() throws Exception {
        String said = run();

        assertThat(said)
                .contains("xlsx rows " + ROWS + " of " + ROWS)
                .contains("csv rows " + ROWS + " of " + ROWS)
                .contains("ballast ");
        Matcher firstByte = FIRST_BYTE.matcher(said);
        while (firstByte.find()) {
            assertThat(Long.parseLong(firstByte.group(1))).isLessThan(1_000);
        }
    }

    private static String run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        BoundedExport.class.getName(),
                        String.valueOf(ROWS),
                        String.valueOf(SPARE))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
