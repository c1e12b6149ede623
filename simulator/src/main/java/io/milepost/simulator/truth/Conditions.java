package io.milepost.simulator.truth;

import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import io.milepost.spi.JourneyDefinition.Operator;
import io.milepost.spi.JourneyEvent.UserActed;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a user event is the one a journey waits for. */
final class Conditions {
    private Conditions() {}

    static boolean isGoal(JourneyDefinition definition, UserActed deed) {
        return deed.name().equals(definition.conversionEvent())
                && definition.conversionFilter().stream()
                        .allMatch(
                                condition -> holds(condition, deed.attributes().get(condition.attribute())));
    }

    /** An absent value, or one of another type than the condition's, fails every operator. */
    static boolean holds(Condition condition, @Nullable Object actual) {
        if (actual == null) {
            return false;
        }
        if (condition.op() == Operator.IN) {
            return condition.value() instanceof List<?> list
                    && list.stream().anyMatch(one -> sameType(one, actual) && compare(actual, one) == 0);
        }
        if (!sameType(condition.value(), actual)) {
            return false;
        }
        int order = compare(actual, condition.value());
        return switch (condition.op()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case IN -> false;
        };
    }

    private static boolean sameType(Object a, Object b) {
        return a.getClass() == b.getClass();
    }

    private static int compare(Object a, Object b) {
        if (a instanceof BigDecimal number && b instanceof BigDecimal other) {
            return number.compareTo(other);
        }
        if (a instanceof Boolean flag && b instanceof Boolean other) {
            return Boolean.compare(flag, other);
        }
        return a.toString().compareTo(b.toString());
    }
}
