package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.Money;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms figures take in the interface. */
final class Shapes {
    private Shapes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode rate(long numerator, long denominator) {
        ObjectNode rate = object();
        if (denominator == 0) {
            rate.putNull("value");
        } else {
            rate.put("value", 100.0 * numerator / denominator);
        }
        return rate.put("numerator", numerator).put("denominator", denominator);
    }

    static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode json = object();
        counts.forEach(json::put);
        return json;
    }

    static void add(Map<String, BigDecimal> sums, @Nullable Money money) {
        if (money != null) {
            sums.merge(money.currency() == null ? "unknown" : money.currency(), money.amount(), BigDecimal::add);
        }
    }

    static ObjectNode money(Map<String, BigDecimal> sums) {
        ObjectNode json = object();
        sums.forEach((currency, sum) -> json.put(
                currency, sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString()));
        return json;
    }
}
