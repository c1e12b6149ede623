package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.event.Rejection.Reason;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the events of one body. For one body and one thread; cheap to make. */
public final class BatchReader {

    private static final String NO_OBJECT = "expected a JSON object";

    private final EventIdentity identity;
    private final EventLimits limits;
    private final long latest;
    private final List<AcceptedEvent> events = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int[] indexes = new int[16];
    private int count;
    /** Of the array that is read once more because of them. */
    private @Nullable HalfPairs halves;

    /** @param now the server's clock when the body came */
    public BatchReader(long account, EventLimits limits, Instant now) {
        this.identity = new EventIdentity(account);
        this.limits = limits;
        this.latest = Nanos.of(now.plus(limits.ahead()));
    }

    /** One event, as {@code application/cloudevents+json}. */
    public Batch readOne(byte[] body) throws BodyException {
        readWhole(body, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw BodyException.malformed(NO_OBJECT);
            }
            readEvent(EventReader.ofReceived(parser, body, startAfterMark(body)), body);
        });
        if (!refused.isEmpty() && refused.get(0).rejection().reason() == Reason.TOO_LARGE) {
            throw BodyException.tooLarge(refused.get(0).rejection().detail());
        }
        return batch();
    }

    /** An array of events, as {@code application/cloudevents-batch+json}. */
    public Batch readArray(byte[] body) throws BodyException {
        try {
            return readElements(body, body);
        } catch (BodyException e) {
            halves = e.isTooLarge() ? null : HalfPairs.in(body);
            if (halves == null) {
                throw e;
            }
            forget(0, 0);
            return readElements(halves.readable(), body);
        }
    }

    private Batch readElements(byte[] body, byte[] received) throws BodyException {
        readWhole(body, parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw BodyException.malformed("expected a JSON array of events");
            }
            EventReader reader = EventReader.ofReceived(parser, body, startAfterMark(body));
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                countOne();
                readElement(parser, reader, received);
            }
        });
        return batch();
    }

    /** One event a line, as {@code application/x-ndjson}; blank lines do not count. */
    public Batch readLines(byte[] body) throws BodyException {
        int at = startAfterMark(body);
        while (at < body.length) {
            int end = endOfLine(body, at);
            if (!isBlank(body, at, end)) {
                countOne();
                readLine(body, at, end - at);
            }
            at = end + 1;
        }
        return batch();
    }

    private interface Reading {
        void read(JsonParser parser) throws IOException, BodyException;
    }

    private void readWhole(byte[] body, Reading reading) throws BodyException {
        if (!Utf8.isValid(body, 0, body.length)) {
            throw BodyException.malformed("the body is not UTF-8");
        }
        int start = startAfterMark(body);
        try (JsonParser parser = Json.parser(body, start, body.length - start)) {
            parser.nextToken();
            reading.read(parser);
            if (parser.nextToken() != null) {
                throw BodyException.malformed("the body goes on after the end of its JSON value");
            }
        } catch (StreamConstraintsException e) {
            throw BodyException.malformed("nested deeper than " + Json.DEEPEST + " levels");
        } catch (JsonProcessingException e) {
            throw BodyException.malformed("the body is not JSON" + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "" : ", see line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private void countOne() throws BodyException {
        if (events.size() + refused.size() == limits.bodyEvents()) {
            throw BodyException.tooLarge("more than " + limits.bodyEvents() + " events in one body");
        }
    }

    private void readElement(JsonParser parser, EventReader reader, byte[] body) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readEvent(reader, body);
            return;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        int offset = startAfterMark(body) + start;
        refuse(new Rejection(Reason.NOT_JSON, null, null, NO_OBJECT), body, offset, end - start);
    }

    private void readLine(byte[] body, int offset, int length) {
        if (length > limits.definitionBytes()) {
            refuse(tooLarge(null, limits.definitionBytes()), body, offset, length);
            return;
        }
        String fault =
                Utf8.isValid(body, offset, length) ? readLineAsJson(body, offset, length) : "the line is not UTF-8";
        if (fault != null) {
            refuse(new Rejection(Reason.NOT_JSON, null, null, fault), body, offset, length);
        }
    }

    /** Null where the line is one JSON object, else what it is not. */
    private @Nullable String readLineAsJson(byte[] body, int offset, int length) {
        int events = this.events.size();
        int refused = this.refused.size();
        try (JsonParser parser = Json.parser(body, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NO_OBJECT;
            }
            readEvent(EventReader.ofReceived(parser, body, offset), body);
            if (parser.nextToken() == null) {
                return null;
            }
            forget(events, refused);
            return "the line goes on after the end of its JSON object";
        } catch (StreamConstraintsException e) {
            forget(events, refused);
            return "nested deeper than " + Json.DEEPEST + " levels";
        } catch (JsonProcessingException e) {
            forget(events, refused);
            return "the line is not JSON";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget(int eventsBefore, int refusedBefore) {
        events.subList(eventsBefore, events.size()).clear();
        refused.subList(refusedBefore, refused.size()).clear();
        count = events.size() + refused.size();
    }

    private void readEvent(EventReader reader, byte[] body) throws IOException {
        Rejection rejection = null;
        try {
            AcceptedEvent event = reader.read();
            if (event.time > latest) {
                rejection = new Rejection(
                        Reason.TIME_IN_FUTURE,
                        event.id,
                        "time",
                        "expected at most " + limits.ahead().toSeconds() + " s ahead of the server's clock");
            }
        } catch (Fault fault) {
            rejection = new Rejection(fault.reason, reader.event().id, fault.field, fault.detail);
        }
        AcceptedEvent event = reader.event();
        if (halves != null && halves.isWithin(event.rawOffset, event.rawLength)) {
            rejection =
                    new Rejection(Reason.NOT_JSON, event.id, null, "the name of a field holds half a surrogate pair");
        }
        int most = event.type == JourneyEventType.JOURNEY_DEFINED ? limits.definitionBytes() : limits.eventBytes();
        if (event.rawLength > most) {
            rejection = tooLarge(event.id, most);
        }
        if (rejection == null) {
            accept(event);
        } else {
            refuse(rejection, body, event.rawOffset, event.rawLength);
        }
    }

    private static Rejection tooLarge(@Nullable String id, int most) {
        return new Rejection(Reason.TOO_LARGE, id, null, "expected at most " + most + " bytes");
    }

    private void accept(AcceptedEvent event) {
        identity.identify(event);
        if (events.size() == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * indexes.length);
        }
        indexes[events.size()] = count++;
        events.add(event);
    }

    private void refuse(Rejection rejection, byte[] body, int offset, int length) {
        refused.add(new Refused(count++, rejection, body, offset, length));
    }

    private Batch batch() {
        return new Batch(events, indexes, refused);
    }

    private static int startAfterMark(byte[] body) {
        boolean mark = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
