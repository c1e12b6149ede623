package io.milepost.simulator.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Reads the times of logs: ISO 8601 with {@code T} or a blank, or as a pattern says; in a zone where they have no offset. */
public final class Times {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[' ']")
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private final ZoneId zone;
    private final DateTimeFormatter format;
    private final String expected;

    /** @param zone of times without an offset */
    public Times(ZoneId zone) {
        this(zone, FORMAT, "ISO 8601, or say how it is written, e.g. --time-format 'dd.MM.yyyy HH:mm'");
    }

    private Times(ZoneId zone, DateTimeFormatter format, String expected) {
        this.zone = zone;
        this.format = format;
        this.expected = expected;
    }

    /**
     * @param pattern as {@link DateTimeFormatter} has it
     * @throws IllegalArgumentException if that is none
     */
    public static Times written(String pattern, ZoneId zone) {
        return new Times(zone, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH), pattern);
    }

    /** How times are expected, for people. */
    String expected() {
        return expected;
    }

    /** @throws DateTimeException if that is no time */
    Instant read(String text) {
        TemporalAccessor read =
                format.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (read instanceof OffsetDateTime exact) {
            return exact.toInstant();
        }
        return read instanceof LocalDateTime local
                ? local.atZone(zone).toInstant()
                : LocalDate.from(read).atStartOfDay(zone).toInstant();
    }
}
