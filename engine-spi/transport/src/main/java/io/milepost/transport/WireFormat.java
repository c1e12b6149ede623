package io.milepost.transport;

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

    Chunk.Lines body(Chunk.Lines lines) {
        return this == NDJSON ? lines : array(lines);
    }

    /** No event has a line feed inside. */
    private static Chunk.Lines array(Chunk.Lines lines) {
        byte[] array = new byte[lines.length() + 1];
        array[0] = '[';
        for (int i = 0; i < lines.length(); i++) {
            byte next = lines.bytes()[lines.from() + i];
            array[i + 1] = next == '\n' ? (byte) ',' : next;
        }
        array[lines.length()] = ']';
        return new Chunk.Lines(array, 0, array.length, lines.count());
    }
}
