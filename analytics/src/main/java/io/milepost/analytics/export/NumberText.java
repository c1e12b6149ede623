package io.milepost.analytics.export;

import java.math.BigDecimal;

/** How a number stands in a cell, and in an answer. */
public final class NumberText {

    /** Far past what a double can hold, and far before an exponent alone fills the memory. */
    private static final int MOST_PLACES = 1000;

    private NumberText() {}

    /** Whether it is of bearable length without an exponent: {@code 1e999999999} would have a billion digits. */
    public static boolean isPlain(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_PLACES;
    }

    /** Without an exponent where that is bearable. */
    static String of(BigDecimal number) {
        return isPlain(number) ? number.toPlainString() : number.toString();
    }
}
