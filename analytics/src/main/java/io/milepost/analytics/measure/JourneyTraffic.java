package io.milepost.analytics.measure;

import io.milepost.analytics.measure.TrafficFigures.CostPerConversion;
import java.util.List;
import java.util.Map;

/** What a journey sent, and what that cost. Any number of threads. */
public interface JourneyTraffic {

    /**
     * The traffic of a journey; that of nothing where it is not known. Reasons cost what the users with failed messages
     * cost, all else what cells do.
     *
     * @throws TooManyPointsException where the buckets are too many
     */
    Traffic traffic(TrafficQuery query);

    /**
     * All of it, in parts and as a whole.
     *
     * @param parts those with anything to show, by start, channel, platform and node
     * @param costPerConversion by currency
     */
    record Traffic(TrafficFigures total, List<TrafficPart> parts, Map<String, CostPerConversion> costPerConversion) {

        public Traffic {
            parts = List.copyOf(parts);
            costPerConversion = Figures.ordered(costPerConversion);
        }
    }
}
