package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many user events count alike, and what they are worth by currency. One writer. */
public final class EventCell {

    private long count;
    private final Map<Integer, Worth> worth = new HashMap<>(2);

    public long count() {
        return count;
    }

    /** By number of the currency; -1 = not said. Only currencies that any of the events names. */
    public Map<Integer, Worth> worth() {
        return worth;
    }

    void add(int times, @Nullable BigDecimal amount, int currency) {
        count += times;
        if (amount != null) {
            worth.merge(currency, new Worth(times, amount.multiply(BigDecimal.valueOf(times))), Worth::plus);
            worth.values().removeIf(sum -> sum.count() == 0);
        }
    }

    void addAll(EventCell other) {
        count += other.count;
        other.worth.forEach((currency, more) -> worth.merge(currency, more, Worth::plus));
    }

    void write(PackedWriter to) throws IOException {
        to.signed(count);
        to.number(worth.size());
        for (Map.Entry<Integer, Worth> sum : worth.entrySet()) {
            to.signed(sum.getKey());
            to.signed(sum.getValue().count());
            to.decimal(sum.getValue().sum());
        }
    }

    static EventCell read(PackedReader from) throws IOException {
        EventCell cell = new EventCell();
        cell.count = from.signed();
        for (int sums = from.count(); sums > 0; sums--) {
            cell.worth.put((int) from.signed(), new Worth(from.signed(), from.decimal()));
        }
        return cell;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The exact sum of that many amounts. */
    public record Worth(long count, BigDecimal sum) {
        public Worth plus(Worth other) {
            return new Worth(count + other.count, sum.add(other.sum));
        }
    }
}
