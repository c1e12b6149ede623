package io.milepost.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.milepost.spi.JourneyEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Events as CloudEvents 1.0 in JSON, and back. The same event always gives the same bytes. Any thread.
 *
 * @since 0.1
 */
public final class CloudEvents {
    static final JsonFactory JSON = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CloudEvents() {}

    /** One event in UTF-8, without a line break anywhere. */
    public static byte[] encode(JourneyEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            EventWriter.write(event, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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
    public static Lines lines(OutputStream out) throws IOException {
        return new Lines(out);
    }

    /**
     * NDJSON: one event a line. One thread at a time.
     *
     * @since 0.1
     */
    public static final class Lines implements AutoCloseable {
        private final JsonGenerator json;

        private Lines(OutputStream out) throws IOException {
            json = JSON.createGenerator(out);
        }

        public void write(JourneyEvent event) throws IOException {
            EventWriter.write(event, json);
            json.writeRaw('\n');
        }

        /** Hands all to the stream, and flushes that. */
        public void flush() throws IOException {
            json.flush();
        }

        /** Closes the stream too. */
        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
