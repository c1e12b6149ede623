package io.milepost.analytics.store;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A user event that converts an entry, as a row. */
public record ConversionRow(
        String source,
        String eventId,
        String name,
        long convertedAt,
        @Nullable BigDecimal amount,
        @Nullable String currency) {}
