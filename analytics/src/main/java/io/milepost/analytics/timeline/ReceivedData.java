package io.milepost.analytics.timeline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.RawValue;
import io.milepost.analytics.event.AcceptedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code data} as it was received. Fields we do not know may hold numbers that no type holds: all but small
 * integers stay as they were written.
 */
final class ReceivedData {

    private static final int DIGITS_OF_LONG = 18;

    private final JsonParser parser;

    private ReceivedData(JsonParser parser) {
        this.parser = parser;
    }

    static Map<String, Object> of(AcceptedEvent event) throws IOException {
        try (JsonParser parser = event.json()) {
            parser.nextToken();
            String field;
            while ((field = parser.nextFieldName()) != null) {
                if (parser.nextToken() == JsonToken.START_OBJECT && field.equals("data")) {
                    return new ReceivedData(parser).object();
                }
                parser.skipChildren();
            }
        }
        throw new IOException("no data");
    }

    private Map<String, Object> object() throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        String field;
        while ((field = parser.nextFieldName()) != null) {
            parser.nextToken();
            object.put(field, value());
        }
        return object;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value());
        }
        return list;
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> parser.getTextLength() <= DIGITS_OF_LONG ? parser.getLongValue() : asWritten();
            case VALUE_NUMBER_FLOAT -> asWritten();
            default -> null;
        };
    }

    private RawValue asWritten() throws IOException {
        return new RawValue(parser.getText());
    }
}
