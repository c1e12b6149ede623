package io.milepost.analytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WindowTest {

    @ParameterizedTest
    @CsvSource({
        "P1D, PT24H",
        "PT24H, PT24H",
        "P1DT0H, PT24H",
        "PT0S, PT0S",
        "P2DT3H4M5S, PT51H4M5S",
        "PT90M, PT1H30M",
        "PT1H5S, PT1H5S",
        "P007D, PT168H"
    })
    void reads(String text, Duration expected) throws Fault {
        assertThat(Window.parse("f", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "1D",
                "P1",
                "P1W",
                "P1M",
                "P1Y",
                "P1DT",
                "P1H",
                "PT1D",
                "PT1S1M",
                "P-1D",
                "-P1D",
                "P1.5D",
                "p1d",
                "PT1H1H",
                "PTT1H",
                "P1D ",
                "P1DT1HT1M",
                "P\u0661D"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> Window.parse("f", text)).isInstanceOf(Fault.class);
    }

    @Test
    void cutsWhatNoDurationHolds() throws Fault {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

        assertThat(Window.parse("f", "P99999999999999999999D")).isEqualTo(forEver);
        assertThat(Window.parse("f", "P9223372036854775807DT1S")).isEqualTo(forEver);
        assertThat(Window.parse("f", "PT9223372036854775807S")).isEqualTo(forEver);
    }
}
