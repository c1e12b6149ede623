package io.milepost.analytics.api;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of one request. Whatever is not as expected ends it with a 400 that names the parameter. */
final class Parameters {

    /** Longer than any identifier: paths of figures have keys in them, which are free text. */
    private static final int LONGEST_TEXT = 1000;

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    /** Where the offset can begin at the earliest: an unescaped plus sign arrives as a space. */
    private static final int SHORTEST_LOCAL_TIME = "2026-03-01T00:00:00".length();

    private final HttpParameters parameters;

    Parameters(HttpRequest<?> request) {
        parameters = request.getParameters();
    }

    /** The text of a parameter, or null where it is absent. */
    @Nullable
    String text(String name) {
        String value = parameters.get(name);
        if (value != null) {
            requireText(name, value);
        }
        return value;
    }

    /** The text of a parameter that may be empty, or null where it is absent. */
    @Nullable
    String textOrNothing(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? value : text(name);
    }

    /** The text of a parameter that must be there. */
    String requiredText(String name, String expected) {
        String value = text(name);
        if (value == null) {
            throw invalid(name, "is missing: it must be " + expected);
        }
        return value;
    }

    /** The distinct texts of a repeatable parameter. */
    Set<String> texts(String name) {
        List<String> values = parameters.getAll(name);
        values.forEach(value -> requireText(name, value));
        return new LinkedHashSet<>(values);
    }

    /** Whole numbers of 1 or more. */
    Set<Long> versions(String name) {
        return texts(name).stream()
                .map(value -> number(name, value, 1, Long.MAX_VALUE))
                .collect(Collectors.toSet());
    }

    long number(String name, long absent, long least, long most) {
        String value = text(name);
        return value == null ? absent : number(name, value, least, most);
    }

    @Nullable
    Instant instant(String name) {
        String value = text(name);
        return value == null ? null : instant(name, value);
    }

    /** An id of the IANA database, or UTC. */
    @Nullable
    ZoneId zone(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        ZoneId zone = Zones.ofId(value.replace(' ', '+'));
        if (zone == null) {
            throw invalid(name, "must be " + Zones.EXPECTED);
        }
        return zone;
    }

    /** One of the constants, in lower case. */
    <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> constants) {
        String value = text(name);
        return value == null ? null : of(name, value, constants);
    }

    private static <E extends Enum<E>> E of(String name, String value, Class<E> constants) {
        return Stream.of(constants.getEnumConstants())
                .filter(constant -> word(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> invalid(name, "must be " + anyOf(constants)));
    }

    /** Any of the constants, in lower case, of a repeatable parameter. */
    <E extends Enum<E>> Set<E> manyOf(String name, Class<E> constants) {
        Set<E> many = EnumSet.noneOf(constants);
        texts(name).forEach(value -> many.add(of(name, value, constants)));
        return many;
    }

    /** One of the constants, in lower case; it must be there. */
    <E extends Enum<E>> E requiredOneOf(String name, Class<E> constants) {
        E value = oneOf(name, constants);
        if (value == null) {
            throw invalid(name, "is missing: it must be " + anyOf(constants));
        }
        return value;
    }

    /** The 400 that names the parameter; the message goes on after the name. */
    static ProblemException invalid(String name, String message) {
        return new ProblemException(Problem.invalidParameter(name, "'" + name + "' " + message + "."));
    }

    private static void requireText(String name, String value) {
        if (value.isEmpty()
                || value.codePointCount(0, value.length()) > LONGEST_TEXT
                || !Identifiers.areReadable(value)) {
            throw invalid(name, "must be of 1 to " + LONGEST_TEXT + " characters, no control characters among them");
        }
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most && Character.isDigit(value.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of bounds.
        }
        throw invalid(
                name,
                "must be a whole number "
                        + (most == Long.MAX_VALUE ? "of " + least + " or more" : "from " + least + " to " + most));
    }

    private static Instant instant(String name, String value) {
        String text = value.toUpperCase(Locale.ROOT);
        if (text.length() > SHORTEST_LOCAL_TIME) {
            text = text.substring(0, SHORTEST_LOCAL_TIME)
                    + text.substring(SHORTEST_LOCAL_TIME).replace(' ', '+');
        }
        if (INSTANT.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw invalid(name, "is no date and time that exists");
            }
        }
        throw invalid(name, "must be an instant such as 2026-03-01T00:00:00Z or 2026-03-01T01:00:00+01:00");
    }

    private static <E extends Enum<E>> String anyOf(Class<E> constants) {
        return Stream.of(constants.getEnumConstants()).map(Parameters::word).collect(Collectors.joining(" or "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
