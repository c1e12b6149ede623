package io.milepost.analytics.measure;

import io.milepost.spi.JourneyDefinition;
import java.util.List;

/** Which journeys there are and how they are defined. Any number of threads. */
public interface JourneyCatalogue {

    /** A page of the journeys, by id; past the last one it is empty. */
    JourneyPage journeys(JourneyListQuery query);

    /** Whether any accepted event speaks of the journey. */
    boolean knows(String journeyId);

    /** Whether a definition of the journey has the node, or any event was seen of it. */
    boolean knowsNode(String journeyId, String nodeId);

    /** Whether it is one of the stages that the funnel shows. */
    boolean knowsStage(String journeyId, String stageId);

    /** The current definition of each version that has one, by version; none for a journey that was never defined. */
    List<JourneyDefinition> definitions(String journeyId);
}
