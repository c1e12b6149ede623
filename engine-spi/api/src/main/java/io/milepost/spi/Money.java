package io.milepost.spi;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount.
 *
 * @param amount at most 30 digits when written without an exponent; may be negative
 * @param currency usually an ISO 4217 code; null = not known
 * @since 0.1
 */
public record Money(BigDecimal amount, @Nullable String currency) {
    public Money {
        amount = plain(Checks.present("amount", amount));
        Checks.optionalId("currency", currency);
    }

    /**
     * @param amount such as {@code 9.90}
     * @throws IllegalArgumentException if that is no decimal number
     */
    public static Money of(String amount, @Nullable String currency) {
        try {
            return new Money(new BigDecimal(amount), currency);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount must be a decimal number such as 9.90", e);
        }
    }

    private static BigDecimal plain(BigDecimal amount) {
        long whole = Math.max(1, (long) amount.precision() - amount.scale());
        if (whole + Math.max(0, amount.scale()) > 30) {
            throw new IllegalArgumentException("amount must have at most 30 digits");
        }
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
