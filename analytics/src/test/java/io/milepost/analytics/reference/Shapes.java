package io.milepost.analytics.reference;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forms figures take in JSON. */
final class Shapes {

    record Money(@Nullable String currency, BigDecimal amount) {}

    private Shapes() {}

    /** Those of the denominator who are also in the numerator. */
    static ObjectNode rate(Set<?> numerator, Set<?> denominator) {
        Set<Object> both = new HashSet<>(numerator);
        both.retainAll(denominator);
        ObjectNode rate = Json.object();
        if (denominator.isEmpty()) {
            rate.putNull("value");
        } else {
            rate.put("value", 100.0 * both.size() / denominator.size());
        }
        return rate.put("numerator", both.size()).put("denominator", denominator.size());
    }

    static ObjectNode countBy(Stream<String> keys) {
        ObjectNode counts = Json.object();
        keys.collect(groupingBy(key -> key, TreeMap::new, counting())).forEach(counts::put);
        return counts;
    }

    static ObjectNode money(Stream<Money> amounts) {
        ObjectNode sums = Json.object();
        amounts.collect(toMap(
                        money -> Objects.requireNonNullElse(money.currency(), "unknown"),
                        Money::amount,
                        BigDecimal::add,
                        TreeMap::new))
                .forEach((currency, sum) -> sums.put(currency, plain(sum)));
        return sums;
    }

    private static String plain(BigDecimal sum) {
        return sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString();
    }
}
