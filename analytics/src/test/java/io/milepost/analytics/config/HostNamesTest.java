package io.milepost.analytics.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "LocalHost.:8080, localhost",
        "127.0.0.1:80, 127.0.0.1",
        "[::1], ::1",
        "[::1]:8080, ::1",
        "::1, ::1",
        "example.org:, example.org",
        "'', ''"
    })
    void takesTheHostOfAnAuthority(String authority, String host) {
        assertThat(HostNames.ofAuthority(authority)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"})
    void knowsTheLoopback(String host) {
        assertThat(HostNames.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.0.0.0", "127.0.0", "127.0.0.256", "127.0.0.1.example.org", "localhost.example.org", "::"})
    void takesNothingElseForTheLoopback(String host) {
        assertThat(HostNames.isLoopback(host)).isFalse();
    }
}
