package io.milepost.transport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small JSON object: strings, BigDecimals, booleans, lists and objects by name; null fields are absent. */
final class JsonFields {
    private final String path;
    private final Map<String, Object> values;

    private JsonFields(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** The whole document, which must be one object. */
    static JsonFields read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not one JSON object");
        }
        JsonFields fields = new JsonFields("", readObject(json));
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("not one JSON object, but something after it");
        }
        return fields;
    }

    @Nullable
    Object any(String field) {
        return values.get(field);
    }

    Object required(String field) {
        Object value = values.get(field);
        if (value == null) {
            throw new IllegalArgumentException(path + field + " is required");
        }
        return value;
    }

    String text(String field) {
        return as(String.class, field, required(field), "a string");
    }

    @Nullable
    String optionalText(String field) {
        return values.containsKey(field) ? text(field) : null;
    }

    long whole(String field) {
        BigDecimal number = as(BigDecimal.class, field, required(field), "a whole number");
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(path + field + " must be a whole number of 64 bits", e);
        }
    }

    @Nullable
    Long optionalWhole(String field) {
        return values.containsKey(field) ? (Long) whole(field) : null;
    }

    boolean truth(String field) {
        return Boolean.TRUE.equals(optionalTruth(field));
    }

    @Nullable
    Boolean optionalTruth(String field) {
        return values.containsKey(field) ? as(Boolean.class, field, required(field), "true or false") : null;
    }

    JsonFields object(String field) {
        return nested(field, required(field));
    }

    @Nullable
    JsonFields optionalObject(String field) {
        return values.containsKey(field) ? object(field) : null;
    }

    List<JsonFields> objects(String field) {
        return list(field).stream().map(item -> nested(field, item)).toList();
    }

    List<String> texts(String field) {
        return list(field).stream()
                .map(item -> as(String.class, field, item, "a list of strings"))
                .toList();
    }

    Map<String, Object> attributes() {
        JsonFields attributes = optionalObject("attributes");
        return attributes == null ? Map.of() : attributes.flat();
    }

    Map<String, Object> flat() {
        return values;
    }

    private List<?> list(String field) {
        return values.containsKey(field) ? as(List.class, field, required(field), "a list") : List.of();
    }

    @SuppressWarnings("unchecked")
    private JsonFields nested(String field, Object value) {
        return new JsonFields(path + field + ".", as(Map.class, field, value, "an object"));
    }

    private <T> T as(Class<T> type, String field, Object value, String expected) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(path + field + " must be " + expected);
        }
        return type.cast(value);
    }

    private static Map<String, Object> readObject(JsonParser json) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            Object value = readValue(json);
            if (value != null) {
                object.put(name, value);
            }
        }
        return object;
    }

    private static @Nullable Object readValue(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json);
            case START_ARRAY -> readArray(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<Object> readArray(JsonParser json) throws IOException {
        List<Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Object value = readValue(json);
            if (value != null) {
                array.add(value);
            }
        }
        return array;
    }
}
