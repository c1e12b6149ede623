package io.milepost.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flat values of JSON: strings, booleans and exact numbers. */
final class Attributes {
    private Attributes() {}

    /** An immutable copy in the same order, so that the same event is always written as the same bytes. */
    static Map<String, Object> checked(@Nullable Map<String, Object> attributes) {
        Map<String, Object> given = Checks.present("attributes", attributes);
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Checks.text("name of an attribute", name);
            copy.put(name, value instanceof Boolean ? value : textOrNumber("attributes." + name, value));
        });
        return Collections.unmodifiableMap(copy);
    }

    static Object textOrNumber(String field, @Nullable Object value) {
        if (value instanceof String text) {
            Checks.text(field, text);
            return text;
        }
        if (value instanceof Number number) {
            return exact(field, number);
        }
        throw new IllegalArgumentException(field + " must be a string, a number or, in attributes, a boolean");
    }

    private static BigDecimal exact(String field, Number number) {
        if (number instanceof BigDecimal exact) {
            return exact;
        }
        if (number instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return BigDecimal.valueOf(number.longValue());
        }
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " must be a finite number", e);
        }
    }
}
