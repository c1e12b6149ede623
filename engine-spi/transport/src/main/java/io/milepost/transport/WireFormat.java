package io.milepost.transport;

import java.util.Arrays;

/**
 * How a body holds its events.
 *
 * @since 0.1
 */
public enum WireFormat {
    /** One event a line. A line that is no JSON is rejected alone. */
    NDJSON("application/x-ndjson"),
    /** The batch format of CloudEvents, an array. */
    CLOUDEVENTS_BATCH("application/cloudevents-batch+json");

    private final String contentType;

    WireFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    byte[] body(Chunk.Lines lines) {
        byte[] body = Arrays.copyOfRange(lines.bytes(), lines.from(), lines.to());
        return this == NDJSON ? body : array(body);
    }

    /** No event has a line feed inside. */
    private static byte[] array(byte[] lines) {
        byte[] array = new byte[lines.length + 1];
        array[0] = '[';
        for (int i = 0; i < lines.length; i++) {
            array[i + 1] = lines[i] == '\n' ? (byte) ',' : lines[i];
        }
        array[lines.length] = ']';
        return array;
    }
}
