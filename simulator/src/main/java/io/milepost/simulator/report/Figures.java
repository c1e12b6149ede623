package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
    private Figures() {}

    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }

    /** Events a second, rounded to what matters. */
    public static String rate(long events, Duration duration) {
        double perSecond = events / Math.max(1e-9, duration.toNanos() / 1e9);
        return grouped(perSecond >= 10_000 ? Math.round(perSecond / 1000) * 1000 : Math.round(perSecond)) + "/s";
    }

    /** {@code convertedUsers} as {@code converted users}. */
    static String title(String measure) {
        return measure.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    static String text(JsonNode figure) {
        if (figure.isMissingNode()) {
            return "absent";
        }
        if (figure.has("numerator")) {
            return rateText(figure);
        }
        if (figure.has("sent") && figure.has("failed")) {
            return text(figure.path("sent")) + " sent, " + text(figure.path("failed")) + " failed";
        }
        return figure.isIntegralNumber() ? grouped(figure.longValue()) : figure.asText();
    }

    private static String rateText(JsonNode rate) {
        String counts = grouped(rate.path("numerator").asLong()) + "/"
                + grouped(rate.path("denominator").asLong());
        return rate.path("value").isNumber()
                ? String.format(Locale.ROOT, "%.2f %% (%s)", rate.path("value").asDouble(), counts)
                : "– (" + counts + ")";
    }
}
