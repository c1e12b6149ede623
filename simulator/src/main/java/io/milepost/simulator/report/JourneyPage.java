package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.spi.JourneyDefinition;
import java.util.List;

/**
 * What a page shows of one journey.
 *
 * @param definitions of all versions, ascending
 * @param expected the summary as it should be
 * @param got the summary as analytics has it
 * @param expectedNodes one object a node
 * @param gotNodes one object a node
 * @param transitions as they should be
 */
public record JourneyPage(
        String name,
        List<JourneyDefinition> definitions,
        JsonNode expected,
        JsonNode got,
        JsonNode expectedNodes,
        JsonNode gotNodes,
        JsonNode transitions) {}
