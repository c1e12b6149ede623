package io.milepost.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.milepost.spi.JourneyEvent;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Events as CloudEvents 1.0 in JSON, and back. The same event always gives the same bytes. Any thread.
 *
 * @since 0.1
 */
public final class CloudEvents {
    static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CloudEvents() {}

    /** One event in UTF-8, without a line break anywhere. */
    public static byte[] encode(JourneyEvent event) {
        JsonBytes json = new JsonBytes(512);
        new EventWriter(json).write(event);
        return json.copy();
    }

    /**
     * Reads one event in UTF-8.
     *
     * @throws IllegalArgumentException if it is none; the message names the field and what was expected
     */
    public static JourneyEvent decode(byte[] event) {
        return decode(event, 0, event.length);
    }

    /** As {@link #decode(byte[])}, of a part of the array. */
    public static JourneyEvent decode(byte[] bytes, int offset, int length) {
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            return EventReader.read(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not one JSON object", e);
        }
    }

    /** Writes events to that stream, one a line. */
    public static Lines lines(OutputStream out) {
        return new Lines(out);
    }

    /**
     * NDJSON: one event a line. One thread at a time.
     *
     * @since 0.1
     */
    public static final class Lines implements AutoCloseable {
        private static final int FULL = 8 * 1024;

        private final OutputStream out;
        private final JsonBytes json = new JsonBytes(2 * FULL);
        private final EventWriter events = new EventWriter(json);

        private Lines(OutputStream out) {
            this.out = out;
        }

        public void write(JourneyEvent event) throws IOException {
            events.write(event);
            json.endLine();
            if (json.size() >= FULL) {
                hand();
            }
        }

        /** Hands all to the stream, and flushes that. */
        public void flush() throws IOException {
            hand();
            out.flush();
        }

        /** Closes the stream too. */
        @Override
        public void close() throws IOException {
            try (out) {
                flush();
            }
        }

        private void hand() throws IOException {
            out.write(json.array(), 0, json.size());
            events.resize(0);
        }
    }
}
