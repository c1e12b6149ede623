package io.milepost.analytics.measure;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for the traffic of a journey.
 *
 * @param by what else than the calendar splits it; a message is in one part
 * @param bucket splits it along the calendar; null = it is not
 * @param channel only messages of it; null = all
 * @param platform only messages of it, {@code unknown} = those without; null = all
 * @param nodeId only messages of it; null = all
 */
public record TrafficQuery(
        MeasureQuery query,
        Set<Dimension> by,
        @Nullable Bucket bucket,
        @Nullable String channel,
        @Nullable String platform,
        @Nullable String nodeId) {

    public TrafficQuery {
        EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        dimensions.addAll(by);
        by = dimensions;
    }

    /** What tells messages apart. */
    public enum Dimension {
        CHANNEL,
        PLATFORM,
        NODE
    }
}
