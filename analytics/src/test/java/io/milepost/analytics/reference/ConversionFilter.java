package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a user event passes a version's {@code conversionFilter}: every condition must hold. */
final class ConversionFilter {

    private ConversionFilter() {}

    static boolean holds(JsonNode conditions, JsonNode userEvent) {
        return Json.elements(conditions).allMatch(condition -> holdsOne(condition, userEvent.path("attributes")));
    }

    private static boolean holdsOne(JsonNode condition, JsonNode attributes) {
        JsonNode actual = attributes.path(condition.path("attribute").asText());
        JsonNode wanted = condition.path("value");
        return switch (condition.path("op").asText()) {
            case "eq" -> sameType(actual, wanted) && compare(actual, wanted) == 0;
            case "ne" -> sameType(actual, wanted) && compare(actual, wanted) != 0;
            case "gt" -> sameType(actual, wanted) && compare(actual, wanted) > 0;
            case "gte" -> sameType(actual, wanted) && compare(actual, wanted) >= 0;
            case "lt" -> sameType(actual, wanted) && compare(actual, wanted) < 0;
            case "lte" -> sameType(actual, wanted) && compare(actual, wanted) <= 0;
            case "in" -> Json.elements(wanted).anyMatch(one -> sameType(actual, one) && compare(actual, one) == 0);
            default -> throw new IllegalArgumentException("op " + condition.path("op"));
        };
    }

    private static boolean sameType(JsonNode actual, JsonNode wanted) {
        return (actual.isNumber() && wanted.isNumber())
                || (actual.isTextual() && wanted.isTextual())
                || (actual.isBoolean() && wanted.isBoolean());
    }

    private static int compare(JsonNode actual, JsonNode wanted) {
        if (actual.isNumber()) {
            return actual.decimalValue().compareTo(wanted.decimalValue());
        }
        return actual.isTextual()
                ? SeenEvent.CODE_POINTS.compare(actual.textValue(), wanted.textValue())
                : Boolean.compare(actual.booleanValue(), wanted.booleanValue());
    }
}
