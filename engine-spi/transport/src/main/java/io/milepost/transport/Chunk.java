package io.milepost.transport;

/**
 * What the sender takes from the spool at a time.
 *
 * @param first number of its first event
 * @param end number of the event after its last
 * @param lost how many of them are unreadable
 * @param lines the others, one a line; empty where all are lost
 */
record Chunk(long first, long end, int lost, Lines lines) {

    /**
     * Events, one a line, each with a line feed at its end: {@code bytes} from {@code from} to {@code to}.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Lines(byte[] bytes, int from, int to, int count) {
        static final Lines NONE = new Lines(new byte[0], 0, 0, 0);

        int length() {
            return to - from;
        }

        Lines firstHalf() {
            return new Lines(bytes, from, middle(), count / 2);
        }

        Lines secondHalf() {
            return new Lines(bytes, middle(), to, count - count / 2);
        }

        private int middle() {
            int at = from;
            for (int line = 0; line < count / 2; line++) {
                while (bytes[at++] != '\n') {}
            }
            return at;
        }
    }
}
