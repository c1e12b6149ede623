package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.milepost.analytics.event.Rejection.Reason;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event a parser stands on: every rule of the event contract that one event alone can break. One for each
 * parser.
 */
final class EventReader {

    private static final String[] ENVELOPE = {"specversion", "id", "source", "type", "time", "data"};
    private static final int SPECVERSION = 1;
    private static final int ID = 1 << 1;
    private static final int SOURCE = 1 << 2;
    private static final int TYPE = 1 << 3;
    private static final int TIME = 1 << 4;
    private static final int DATA = 1 << 5;
    private static final int CONTENT_TYPE = 1 << 6;
    private static final int REQUIRED = DATA * 2 - 1;

    private final JsonParser parser;
    private final byte[] bytes;
    private final int start;
    private final boolean stored;
    private final DataReader data;

    private AcceptedEvent event = new AcceptedEvent();
    private int seen;
    private @Nullable Fault fault;
    private long dataHash;
    private int dataStart;
    private int dataEnd;
    /** Known to be a URI-reference: most bodies have one source. */
    private String lastSource = "/";

    private EventReader(JsonParser parser, byte[] bytes, int start, boolean stored) {
        this.parser = parser;
        this.bytes = bytes;
        this.start = start;
        this.stored = stored;
        this.data = new DataReader(parser, stored);
    }

    /** @param start where in {@code bytes} the parser's input begins */
    static EventReader ofReceived(JsonParser parser, byte[] bytes, int start) {
        return new EventReader(parser, bytes, start, false);
    }

    /** For events that were received once, and may carry what we noted in them since. Their content is not hashed again. */
    static EventReader ofStored(JsonParser parser, byte[] bytes, int start) {
        return new EventReader(parser, bytes, start, true);
    }

    /** The event read last: complete unless a fault was thrown; its raw bytes are known even then. */
    AcceptedEvent event() {
        return event;
    }

    /** From the parser's START_OBJECT to its END_OBJECT, which it reaches with a fault as well. */
    AcceptedEvent read() throws IOException, Fault {
        event = new AcceptedEvent();
        event.raw = bytes;
        event.rawOffset = start + (int) parser.currentTokenLocation().getByteOffset();
        seen = 0;
        fault = null;
        dataEnd = 0;
        readEnvelope();
        event.rawLength = here() - event.rawOffset;
        if (fault == null && dataEnd > 0 && (seen & TYPE) != 0) {
            readDataAgain();
        }
        throwFault();
        if (!stored) {
            event.contentHash = ContentHash.ofEvent(event.type.wireName(), event.time, dataHash);
        }
        return event;
    }

    private void readEnvelope() throws IOException {
        JsonStreamContext envelope = parser.getParsingContext();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            try {
                readField(name);
            } catch (Fault found) {
                fault = fault == null ? found : fault;
                while (parser.getParsingContext() != envelope) {
                    parser.nextToken();
                }
            }
        }
    }

    private void throwFault() throws Fault {
        if (fault != null) {
            throw fault;
        }
        int missing = REQUIRED & ~seen;
        if (missing != 0) {
            throw Fault.missing(ENVELOPE[Integer.numberOfTrailingZeros(missing)]);
        }
    }

    private void readField(String name) throws IOException, Fault {
        switch (name) {
            case "specversion" -> readSpecVersion(once(name, SPECVERSION));
            case "id" -> event.id = identifier(once(name, ID));
            case "source" -> event.source = source(once(name, SOURCE));
            case "type" -> event.type = type(once(name, TYPE));
            case "time" -> event.time = time(once(name, TIME));
            case "datacontenttype" -> readContentType(once(name, CONTENT_TYPE));
            case "data" -> readData(once(name, DATA));
            default -> parser.skipChildren();
        }
    }

    private String once(String name, int bit) throws Fault {
        if ((seen & bit) != 0) {
            throw Fault.invalid(name, "given twice");
        }
        seen |= bit;
        return name;
    }

    private String text(String field) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Fault.invalid(field, "expected a string");
        }
        return parser.getText();
    }

    private String identifier(String field) throws IOException, Fault {
        String text = text(field);
        Values.checkIdentifier(field, text);
        return text;
    }

    private void readSpecVersion(String field) throws IOException, Fault {
        if (!text(field).equals("1.0")) {
            throw Fault.invalid(field, "expected 1.0");
        }
    }

    private void readContentType(String field) throws IOException, Fault {
        String[] parts = text(field).toLowerCase(Locale.ROOT).split(";", 2);
        if (!parts[0].strip().equals("application/json")) {
            throw Fault.invalid(field, "expected application/json");
        }
    }

    private String source(String field) throws IOException, Fault {
        String source = text(field);
        if (source.equals(lastSource)) {
            return lastSource;
        }
        Values.checkIdentifier(field, source);
        try {
            new URI(source);
        } catch (URISyntaxException e) {
            throw Fault.invalid(field, "expected a URI-reference, such as /engines/prod-1");
        }
        lastSource = source;
        return source;
    }

    private JourneyEventType type(String field) throws IOException, Fault {
        JourneyEventType type = JourneyEventType.ofWireName(text(field));
        if (type == null) {
            throw new Fault(Reason.UNKNOWN_TYPE, field, "expected a type of the event vocabulary");
        }
        return type;
    }

    private long time(String field) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Fault(Reason.INVALID_TIME, field, "expected a string with an RFC 3339 date-time");
        }
        return Rfc3339.parse(parser.getText());
    }

    @SuppressWarnings("NullAway") // the type is null until it was read
    private void readData(String field) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Fault.invalid(field, "expected an object");
        }
        if (fault == null && event.type != null) {
            dataHash = data.read(event);
            return;
        }
        dataStart = start + (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        dataEnd = here();
    }

    /** Data that came before its type. */
    private void readDataAgain() throws IOException {
        try (JsonParser again = Json.parser(bytes, dataStart, dataEnd - dataStart)) {
            again.nextToken();
            dataHash = new DataReader(again, stored).read(event);
        } catch (Fault found) {
            fault = found;
        }
    }

    private int here() {
        return start + (int) parser.currentLocation().getByteOffset();
    }
}
