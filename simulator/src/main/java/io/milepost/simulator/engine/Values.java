package io.milepost.simulator.engine;

import java.math.BigDecimal;
import java.util.List;

/** Attribute values: what reads as a number or a boolean in a scenario is one in an event. */
final class Values {
    private Values() {}

    static Object typed(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.isEmpty() || Character.isLetter(text.charAt(0))) {
            // No number; to find that out by an exception would cost more than all the rest of the attributes.
            return text;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** The value with each number in it as a BigDecimal. */
    static Object exact(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Values::exact).toList();
        }
        return value instanceof Number number ? new BigDecimal(number.toString()) : value;
    }

    /** An amount with two decimals. */
    static BigDecimal money(double amount) {
        return BigDecimal.valueOf(Math.round(amount * 100), 2);
    }
}
