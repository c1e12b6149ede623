package io.milepost.transport;

import io.milepost.spi.JourneyEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The golden samples of the api's jar. */
final class Samples {
    private Samples() {}

    static Stream<String> names() {
        return new String(bytes("index.txt"), StandardCharsets.UTF_8).lines();
    }

    static byte[] bytes(String name) {
        try (InputStream in = JourneyEvent.class.getResourceAsStream("samples/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
