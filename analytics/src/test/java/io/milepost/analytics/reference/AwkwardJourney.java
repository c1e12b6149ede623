package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.AwkwardStreams.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A journey and all definitions ever sent of its versions. */
record AwkwardJourney(String id, List<String> nodes, List<Long> versions, List<AwkwardEvent> definitions) {

    private static final List<String> TYPES =
            List.of("trigger", "send", "wait", "wait-for-event", "decision", "split", "join", "menu", "goal", "custom");
    private static final List<String> WINDOWS =
            List.of("PT0S", "PT1H", "P1D", "PT36H", "P1DT2H3M4S", "P30D", "P36500D", "PT90M");
    private static final List<String> CONVERSIONS = List.of("purchase", "purchase", "signup", "Käufe");

    static List<AwkwardJourney> some(Dice dice) {
        List<AwkwardJourney> journeys = new ArrayList<>();
        int count = dice.between(1, 4);
        for (int number = 1; number <= count; number++) {
            journeys.add(one(dice, number));
        }
        return journeys;
    }

    private static AwkwardJourney one(Dice dice, int number) {
        String id = "j" + number + (dice.is(Feature.ODD_NAME) ? dice.of(AwkwardNames.ODD) : "");
        List<String> nodes = new ArrayList<>();
        int count = dice.between(2, 7);
        for (int node = 1; node <= count; node++) {
            nodes.add(dice.is(Feature.ODD_NAME) ? dice.of(AwkwardNames.ODD) + node : "n" + node);
        }
        List<Long> versions = new ArrayList<>(List.of(1L));
        if (dice.chance(0.5)) {
            versions.add(2L);
        }
        if (dice.is(Feature.HUGE_VERSION)) {
            versions.add(3_000_000_000L + dice.between(0, 5));
        }
        AwkwardJourney journey = new AwkwardJourney(id, nodes, versions, new ArrayList<>());
        versions.forEach(version -> journey.define(dice, version));
        return journey;
    }

    private void define(Dice dice, long version) {
        if (dice.is(Feature.LOST_DEFINITION)) {
            return;
        }
        Instant time = dice.instant();
        add(dice, version, time, "first");
        if (dice.is(Feature.CHANGED_DEFINITION)) {
            add(dice, version, time.plus(dice.pause()), "later");
        }
    }

    private void add(Dice dice, long version, Instant time, String which) {
        String source = dice.of(AwkwardNames.SOURCES);
        String name = "def-" + id + "-" + version + "-" + which + dice.of(AwkwardNames.ID_TAILS);
        definitions.add(new AwkwardEvent("journey.defined", source, name, time, definition(dice, version)));
    }

    private ObjectNode definition(Dice dice, long version) {
        ObjectNode data = Json.object().put("journeyId", id).put("version", version);
        if (dice.chance(0.8)) {
            data.put("name", "Journey " + id);
        }
        if (dice.chance(0.8)) {
            addNodes(dice, data.putArray("nodes"));
        }
        if (dice.chance(0.6)) {
            addStages(dice, data.putArray("stages"));
        }
        if (dice.chance(0.8)) {
            data.put("conversionEvent", dice.of(CONVERSIONS));
        }
        if (dice.chance(0.35)) {
            addFilter(dice, data.putArray("conversionFilter"));
        }
        if (dice.chance(0.75)) {
            data.put("attributionWindow", dice.of(WINDOWS));
        }
        return data;
    }

    private void addNodes(Dice dice, ArrayNode list) {
        for (int place : dice.shuffled(nodes.size())) {
            if (dice.chance(0.85)) {
                ObjectNode node = list.addObject().put("id", nodes.get(place)).put("type", dice.of(TYPES));
                node.put("name", "Node " + place);
                if (dice.chance(0.5)) {
                    node.put("channel", dice.of(AwkwardNames.CHANNELS));
                }
            }
        }
        if (dice.chance(0.2)) {
            list.addObject().put("id", "never-visited").put("type", "wait").put("name", "Never");
        }
    }

    private void addStages(Dice dice, ArrayNode list) {
        int count = dice.between(1, 4);
        for (int stage = 0; stage < count; stage++) {
            ArrayNode own = list.addObject()
                    .put("id", "s" + stage)
                    .put("name", "Stage " + stage)
                    .putArray("nodes");
            own.add(nodes.get(stage % nodes.size()));
            if (dice.is(Feature.SHARED_STAGE_NODE)) {
                String shared = dice.of(nodes);
                if (!shared.equals(own.get(0).asText())) {
                    own.add(shared);
                }
            }
        }
    }

    private static void addFilter(Dice dice, ArrayNode list) {
        int count = dice.chance(0.8) ? 1 : 2;
        for (int number = 0; number < count; number++) {
            ObjectNode condition = list.addObject();
            switch (dice.between(0, 3)) {
                case 0 ->
                    condition
                            .put("attribute", "size")
                            .put("op", dice.of(List.of("eq", "ne", "gt", "gte", "lt", "lte")))
                            .set("value", Json.parse(dice.of(List.of("10", "10.0", "9.99", "1e1", "-3"))));
                case 1 ->
                    condition
                            .put("attribute", "tier")
                            .put("op", dice.of(List.of("eq", "ne", "gt", "gte", "lt", "lte")))
                            .put("value", dice.of(List.of("gold", "Gold", "ﬀ", "😀", "10")));
                case 2 ->
                    condition
                            .put("attribute", "vip")
                            .put("op", dice.of(List.of("eq", "ne")))
                            .put("value", dice.chance(0.5));
                default ->
                    condition
                            .put("attribute", dice.of(List.of("size", "tier", "vip")))
                            .put("op", "in")
                            .set("value", Json.parse(dice.of(List.of("[10,20]", "[\"gold\",\"😀\"]", "[true]"))));
            }
        }
    }

    /** Attributes of a user event, such as filters ask for, or miss. */
    static ObjectNode attributes(Dice dice) {
        ObjectNode attributes = Json.object();
        put(dice, attributes, "size", List.of("10", "10.00", "20", "9.99", "1e1", "-3", "\"10\"", "true"));
        put(dice, attributes, "tier", List.of("\"gold\"", "\"Gold\"", "\"ﬀ\"", "\"😀\"", "10", "\"\""));
        put(dice, attributes, "vip", List.of("true", "false", "\"true\"", "1"));
        return attributes;
    }

    private static void put(Dice dice, ObjectNode attributes, String name, List<String> values) {
        JsonNode value = Json.parse(dice.of(values));
        if (dice.chance(0.8)) {
            attributes.set(name, value);
        }
    }
}
