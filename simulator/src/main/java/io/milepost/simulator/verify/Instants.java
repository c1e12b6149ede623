package io.milepost.simulator.verify;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Instants of answers. */
final class Instants {
    private Instants() {}

    /** With {@code Z} or an offset; {@link Instant#MIN} where it is none. */
    static Instant of(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
