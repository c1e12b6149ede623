package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static String text(Instant time) {
        byte[] text = new byte[3 + Times.LONGEST];
        return new String(text, 3, Times.write(time, text, 3) - 3, StandardCharsets.US_ASCII);
    }

    @Test
    void writesEveryDayAsJavaDoes() {
        for (Instant day = FIRST; day.isBefore(LAST); day = day.plus(1, ChronoUnit.DAYS)) {
            assertThat(text(day)).isEqualTo(day.toString());
        }
        assertThat(text(LAST)).isEqualTo("9999-12-31T23:59:59.999999999Z");
    }

    @Test
    void writesAsManyDigitsOfASecondAsJavaDoes() {
        long seed = 17;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long second = random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond());
            int nanos = random.nextInt(1_000_000_000);
            for (int unit : new int[] {1, 1000, 1_000_000, 1_000_000_000}) {
                Instant time = Instant.ofEpochSecond(second, nanos / unit * (long) unit);
                assertThat(text(time)).as("seed " + seed).isEqualTo(time.toString());
            }
        }
    }
}
