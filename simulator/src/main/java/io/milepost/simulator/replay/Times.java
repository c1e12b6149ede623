package io.milepost.simulator.replay;

import java.math.BigDecimal;
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
import java.util.function.Function;

/**
 * Reads the times of logs: ISO 8601 with {@code T} or a blank, or as a pattern says; in a zone where they have no offset.
 */
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

    private final Function<String, Instant> format;
    private final String expected;

    /** @param zone of times without an offset */
    public Times(ZoneId zone) {
        this(
                text -> dated(text, FORMAT, zone),
                "ISO 8601, or say how it is written, e.g. --time-format 'dd.MM.yyyy HH:mm', or seconds or millis since"
                        + " 1970");
    }

    private Times(Function<String, Instant> format, String expected) {
        this.format = format;
        this.expected = expected;
    }

    /**
     * @param pattern as {@link DateTimeFormatter} has it, or {@code seconds} or {@code millis} since 1970
     * @throws IllegalArgumentException if that is none
     */
    public static Times written(String pattern, ZoneId zone) {
        return switch (pattern) {
            case "seconds" -> new Times(text -> counted(text, 0), "a number of seconds since 1970");
            case "millis" -> new Times(text -> counted(text, 3), "a number of milliseconds since 1970");
            default -> {
                DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
                yield new Times(text -> dated(text, format, zone), pattern);
            }
        };
    }

    /** How times are expected, for people. */
    String expected() {
        return expected;
    }

    /** @throws DateTimeException if that is no time */
    Instant read(String text) {
        return format.apply(text.strip());
    }

    private static Instant counted(String text, int decimals) {
        try {
            BigDecimal seconds = new BigDecimal(text).movePointLeft(decimals);
            long whole = seconds.longValue();
            return Instant.ofEpochSecond(
                    whole,
                    seconds.subtract(BigDecimal.valueOf(whole))
                            .movePointRight(9)
                            .longValue());
        } catch (NumberFormatException e) {
            throw new DateTimeException("no number: " + text, e);
        }
    }

    private static Instant dated(String text, DateTimeFormatter format, ZoneId zone) {
        TemporalAccessor read = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (read instanceof OffsetDateTime exact) {
            return exact.toInstant();
        }
        return read instanceof LocalDateTime local
                ? local.atZone(zone).toInstant()
                : LocalDate.from(read).atStartOfDay(zone).toInstant();
    }
}
