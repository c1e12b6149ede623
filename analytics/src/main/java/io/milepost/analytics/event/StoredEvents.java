package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads events again that were accepted once: no limit of size or time applies to them any more. */
public final class StoredEvents {

    private StoredEvents() {}

    /**
     * All events of a stored payload, JSON objects one after the other, each event's raw bytes being its part of
     * {@code payload}. Identities and content hashes are left 0: they are stored beside the payload.
     *
     * @throws IOException where the payload is not what {@link BatchReader} once accepted
     */
    public static List<AcceptedEvent> read(byte[] payload, int expected) throws IOException {
        List<AcceptedEvent> events = new ArrayList<>(expected);
        try (JsonParser parser = Json.parser(payload, 0, payload.length)) {
            EventReader reader = EventReader.ofStored(parser, payload, 0);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(reader.read());
            }
        } catch (Fault fault) {
            throw new IOException("stored event " + events.size() + ": " + fault.field + ": " + fault.detail, fault);
        }
        if (events.size() != expected) {
            throw new IOException("expected " + expected + " events, found " + events.size());
        }
        return events;
    }
}
