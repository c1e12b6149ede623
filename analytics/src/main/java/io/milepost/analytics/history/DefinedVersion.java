package io.milepost.analytics.history;

import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version's definition with its conversion settings ready for the fold.
 *
 * @param order the event that brought it, for the canonical order among definitions of one version
 * @param journey number of the journey
 * @param conversionEvent number of the user event's name, -1 = nothing converts
 * @param attributes number of each condition's attribute, in the order of the conditions
 * @param raw the event that brought it, as received
 */
public record DefinedVersion(
        JourneyDefinition definition,
        HistoryEvent order,
        int journey,
        int conversionEvent,
        int[] attributes,
        byte[] raw) {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    /** Whether a user event is of the name and meets every condition that make it convert. */
    public boolean isGoal(HistoryEvent event) {
        if (event.name != conversionEvent) {
            return false;
        }
        ErasedMatches erased = event.erased;
        if (erased != null && attributes.length > 0) {
            return erased.matches().contains(new ErasedMatches.Match(journey, definition.version()));
        }
        List<Condition> conditions = definition.conversionFilter();
        for (int i = 0; i < attributes.length; i++) {
            if (!holds(conditions.get(i), event.attributes.get(attributes[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Last instant at which an event still converts an entry that exited then; {@code Long.MAX_VALUE} = without end. */
    public long deadline(long exitedAt) {
        Duration window = definition.attributionWindow();
        if (exitedAt == Long.MAX_VALUE || window == null || window.compareTo(LONGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        long end = exitedAt + window.toNanos();
        return end < exitedAt ? Long.MAX_VALUE : end;
    }

    private static boolean holds(Condition condition, @Nullable Object attribute) {
        if (attribute == null) {
            return false;
        }
        return switch (condition.op()) {
            case IN -> ((List<?>) condition.value()).stream().anyMatch(value -> same(attribute, value));
            case EQ -> same(attribute, condition.value());
            case NE -> sameType(attribute, condition.value()) && !same(attribute, condition.value());
            case GT -> sameType(attribute, condition.value()) && compare(attribute, condition.value()) > 0;
            case GTE -> sameType(attribute, condition.value()) && compare(attribute, condition.value()) >= 0;
            case LT -> sameType(attribute, condition.value()) && compare(attribute, condition.value()) < 0;
            case LTE -> sameType(attribute, condition.value()) && compare(attribute, condition.value()) <= 0;
        };
    }

    private static boolean sameType(Object one, Object other) {
        return one.getClass() == other.getClass();
    }

    private static boolean same(Object one, Object other) {
        return sameType(one, other) && compare(one, other) == 0;
    }

    private static int compare(Object one, Object other) {
        if (one instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) other);
        }
        if (one instanceof String text) {
            return Text.of(text).compareTo(Text.of((String) other));
        }
        return ((Boolean) one).compareTo((Boolean) other);
    }
}
