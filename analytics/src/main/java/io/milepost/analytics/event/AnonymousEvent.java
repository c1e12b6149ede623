package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.milepost.analytics.event.AcceptedEvent.ErasedMatch;
import io.milepost.spi.JourneyEventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes events again without what tells of a person: the user's id is another, attributes, links, texts that a person
 * may have typed and everything the contract does not know are left out. What figures are made of stays as it was
 * written, and so do the ids that the engine gave to events, entries, visits and messages.
 */
public final class AnonymousEvent {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> ENVELOPE =
            Set.of("specversion", "id", "source", "type", "time", "datacontenttype");

    private final AcceptedEvent event;
    private final @Nullable String pseudonym;
    private final List<ErasedMatch> matches;
    private final JsonParser in;
    private final JsonGenerator out;

    private AnonymousEvent(
            AcceptedEvent event,
            @Nullable String pseudonym,
            List<ErasedMatch> matches,
            JsonParser in,
            JsonGenerator out) {
        this.event = event;
        this.pseudonym = pseudonym;
        this.matches = matches;
        this.in = in;
        this.out = out;
    }

    /**
     * The event in bytes of its own, under the identity and content hash of the one given: that one, sent again, is still
     * a duplicate.
     *
     * @param pseudonym replaces the user's id; null = the event names no user
     * @param matches what a {@code user.acted} counts for, as its attributes can no longer tell
     */
    public static AcceptedEvent of(AcceptedEvent event, @Nullable String pseudonym, List<ErasedMatch> matches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.rawLength + 64);
        try (JsonParser in = Json.parser(event.raw, event.rawOffset, event.rawLength);
                JsonGenerator out = JSON.createGenerator(bytes)) {
            new AnonymousEvent(event, pseudonym, matches, in, out).write();
        } catch (IOException e) {
            throw unreadable(event, e);
        }
        return readAgain(event, bytes.toByteArray());
    }

    private static AcceptedEvent readAgain(AcceptedEvent original, byte[] raw) {
        try {
            AcceptedEvent event = StoredEvents.read(raw, 1).get(0);
            event.identityHigh = original.identityHigh;
            event.identityLow = original.identityLow;
            event.contentHash = original.contentHash;
            return event;
        } catch (IOException e) {
            throw unreadable(original, e);
        }
    }

    private static UncheckedIOException unreadable(AcceptedEvent event, IOException cause) {
        return new UncheckedIOException("event " + event.id + " of " + event.source + " cannot be rewritten", cause);
    }

    private void write() throws IOException {
        in.nextToken();
        out.writeStartObject();
        String name;
        while ((name = in.nextFieldName()) != null) {
            JsonToken value = in.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            if (name.equals("data")) {
                out.writeFieldName(name);
                writeData();
            } else if (ENVELOPE.contains(name)) {
                copy(name);
            } else {
                in.skipChildren();
            }
        }
        out.writeEndObject();
    }

    private void writeData() throws IOException {
        out.writeStartObject();
        String name;
        while ((name = in.nextFieldName()) != null) {
            DataField field = DataField.of(event.type, name);
            if (in.nextToken() == JsonToken.VALUE_NULL || field == null) {
                in.skipChildren();
            } else {
                writeField(field, name);
            }
        }
        writeRest();
        out.writeEndObject();
    }

    private void writeField(DataField field, String name) throws IOException {
        switch (field) {
            case USER_ID -> {
                if (pseudonym == null) {
                    copy(name);
                } else {
                    out.writeStringField(name, pseudonym);
                }
            }
            case ATTRIBUTES, LINK, ERASED_MATCHES -> in.skipChildren();
            case COST -> writeMoney(name);
            case VALUE -> {
                if (event.type == JourneyEventType.USER_ACTED) {
                    writeMoney(name);
                }
            }
            case REASON -> {
                if (!isFreeTextAboutUser()) {
                    copy(name);
                }
            }
            default -> copy(name);
        }
    }

    /** A provider's message may repeat the address it failed to reach. */
    private boolean isFreeTextAboutUser() throws IOException {
        String userId = event.userId;
        return event.type == JourneyEventType.MESSAGE_FAILED
                && userId != null
                && in.getText().contains(userId);
    }

    private void writeMoney(String field) throws IOException {
        out.writeObjectFieldStart(field);
        String name;
        while ((name = in.nextFieldName()) != null) {
            JsonToken value = in.nextToken();
            if (value != JsonToken.VALUE_NULL && (name.equals("amount") || name.equals("currency"))) {
                copy(name);
            } else {
                in.skipChildren();
            }
        }
        out.writeEndObject();
    }

    private void writeRest() throws IOException {
        if (event.type == JourneyEventType.USER_PROFILED) {
            out.writeObjectFieldStart("attributes");
            out.writeEndObject();
        }
        if (!matches.isEmpty()) {
            out.writeArrayFieldStart(DataField.ERASED_MATCHES.wireName);
            for (ErasedMatch match : matches) {
                out.writeStartObject();
                out.writeStringField("journeyId", match.journeyId());
                out.writeNumberField("version", match.version());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    /** The value as it was written: a number that went through a double would no longer be the same. */
    private void copy(String name) throws IOException {
        int start = event.rawOffset + (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        in.finishToken();
        int end = event.rawOffset + (int) in.currentLocation().getByteOffset();
        out.writeFieldName(name);
        out.writeRawValue(new String(event.raw, start, end - start, StandardCharsets.UTF_8));
    }
}
