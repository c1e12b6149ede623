package io.milepost.analytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
        "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.5Z, 2026-03-01T12:00:00.5Z",
        "2026-03-01T12:00:00.1234567899Z, 2026-03-01T12:00:00.123456789Z",
        "2026-03-01T12:00:00+05:30, 2026-03-01T06:30:00Z",
        "2026-03-01T12:00:00-00:00, 2026-03-01T12:00:00Z",
        "2024-02-29T23:59:59.000000001-23:59, 2024-03-01T23:58:59.000000001Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
        "2017-01-01T00:59:60.25+01:00, 2016-12-31T23:59:59.25Z",
        "1969-12-31T23:59:59.9Z, 1969-12-31T23:59:59.9Z",
        "1678-01-01T00:00:00Z, 1678-01-01T00:00:00Z",
        "2261-12-31T23:59:59.999999999Z, 2261-12-31T23:59:59.999999999Z",
    })
    void reads(String text, Instant expected) throws Fault {
        assertThat(Nanos.toInstant(Rfc3339.parse(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-03-01",
                "2026-03-01T12:00Z",
                "2026-03-01T12:00:00",
                "2026-03-01 12:00:00Z",
                "2026-03-01T12:00:00.Z",
                "2026-03-01T12:00:00,5Z",
                "2026-03-01T12:00:00+0100",
                "2026-03-01T12:00:00+24:00",
                "2026-03-01T12:00:00+01:60",
                "2026-03-01T12:00:00Zx",
                "2026-02-29T12:00:00Z",
                "1900-02-29T12:00:00Z",
                "2026-04-31T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-03-00T12:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T12:60:00Z",
                "2026-03-01T12:00:60Z",
                "2026-03-01T12:00:61Z",
                "1600-01-01T00:00:00Z",
                "+02026-03-01T12:00:00Z",
                "\u0662026-03-01T12:00:00Z",
            })
    void refuses(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.reason.code()).isEqualTo("invalid-time");
            assertThat(fault.field).isEqualTo("time");
        });
    }

    @Test
    void aYearBeyondAllClocksIsTheFuture() {
        assertThatThrownBy(() -> Rfc3339.parse("9999-12-31T23:59:59Z"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.reason.code()).isEqualTo("time-in-future"));
    }

    @Test
    void agreesWithTheJdkOnAnyInstant() throws Fault {
        long seed = 20260301;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-9_000_000_000L, 9_000_000_000L), random.nextInt(1_000_000_000));
            OffsetDateTime written =
                    instant.atOffset(java.time.ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1079, 1080)));
            String text = java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnnxxx")
                    .format(written);
            assertThat(Nanos.toInstant(Rfc3339.parse(text)))
                    .as("seed %s: %s", seed, text)
                    .isEqualTo(instant);
        }
    }
}
