package io.milepost.simulator.run;

import io.milepost.spi.Diagnostics.Failure;
import io.milepost.transport.Delivery;
import io.milepost.transport.DropReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the events of several senders. */
final class Deliveries {
    private Deliveries() {}

    static Delivery sum(List<Delivery> all) {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        @Nullable Failure last = null;
        for (Delivery one : all) {
            one.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
            last = one.lastFailure() == null ? last : one.lastFailure();
        }
        return new Delivery(
                all.stream().mapToLong(Delivery::emitted).sum(),
                all.stream().mapToLong(Delivery::recovered).sum(),
                all.stream().mapToLong(Delivery::delivered).sum(),
                all.stream().mapToLong(Delivery::duplicates).sum(),
                all.stream().mapToLong(Delivery::waiting).sum(),
                dropped,
                all.stream().mapToLong(Delivery::tornBytes).sum(),
                last);
    }
}
