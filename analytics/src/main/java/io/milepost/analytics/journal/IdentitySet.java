package io.milepost.analytics.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which events are known: 128-bit identity → 32-bit content hash, in primitive arrays. It grows segment by segment, a
 * quarter at a time, so that no insertion waits long; 20 bytes a slot, 24 to 32 bytes an event. One thread at a time.
 */
final class IdentitySet {

    /** What {@link #find} found. */
    enum Known {
        NEW,
        SAME,
        OTHER_CONTENT
    }

    private static final int SMALLEST = 16;

    private final Segment[] segments;
    private final int shift;
    private long size;

    /** @param segmentBits 2 to this power segments: the more, the smaller the step by which it grows */
    IdentitySet(int segmentBits) {
        segments = new Segment[1 << segmentBits];
        Arrays.setAll(segments, i -> new Segment());
        shift = Long.SIZE - segmentBits;
    }

    long size() {
        return size;
    }

    Known find(long high, long low, int content) {
        return segment(high).find(high, low, content);
    }

    /** Of one that is known already, the content must be the same. */
    void add(long high, long low, int content) {
        if (segment(high).add(high, low, content)) {
            size++;
        }
    }

    int segments() {
        return segments.length;
    }

    /** The identities of one segment, packed as in a stored block. */
    byte[] pack(int segment) {
        return segments[segment].pack();
    }

    /** As {@link #addAll(byte[])}, for what another set packed of one segment. */
    void addSegment(byte[] packed) {
        if (packed.length > 0) {
            segment(ByteBuffer.wrap(packed).getLong()).reserve(packed.length / BlockCodec.IDENTITY_BYTES);
        }
        addAll(packed);
    }

    /** As {@link #add}, for those of a stored block. */
    void addAll(byte[] packed) {
        ByteBuffer from = ByteBuffer.wrap(packed);
        while (from.hasRemaining()) {
            add(from.getLong(), from.getLong(), from.getInt());
        }
    }

    /** As {@link #add}, for {@code count} of them, high and low half side by side. */
    void addAll(long[] identities, int[] contents, int count) {
        int[] next = new int[segments.length + 1];
        for (int i = 0; i < count; i++) {
            next[index(identities[2 * i]) + 1]++;
        }
        for (int segment = 0; segment < segments.length; segment++) {
            segments[segment].reserve(next[segment + 1]);
            next[segment + 1] += next[segment];
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[next[index(identities[2 * i])]++] = i;
        }
        for (int i : order) {
            add(identities[2 * i], identities[2 * i + 1], contents[i]);
        }
    }

    void clear() {
        if (size > 0) {
            for (Segment segment : segments) {
                segment.clear();
            }
            size = 0;
        }
    }

    private Segment segment(long high) {
        return segments[index(high)];
    }

    private int index(long high) {
        return (int) (high >>> shift - 1 >>> 1);
    }

    /** Open addressing; an identity of 128 zero bits, which would look like an empty slot, is kept as 127 and a one. */
    private static final class Segment {
        private long[] identities = new long[2 * SMALLEST];
        private int[] contents = new int[SMALLEST];
        private int used;

        Known find(long high, long low, int content) {
            int slot = slot(high, nonZero(high, low));
            if (isEmpty(slot)) {
                return Known.NEW;
            }
            return contents[slot] == content ? Known.SAME : Known.OTHER_CONTENT;
        }

        boolean add(long high, long low, int content) {
            reserve(1);
            if (!put(high, nonZero(high, low), content)) {
                return false;
            }
            used++;
            return true;
        }

        private boolean put(long high, long low, int content) {
            int slot = slot(high, low);
            boolean fresh = isEmpty(slot);
            identities[2 * slot] = high;
            identities[2 * slot + 1] = low;
            contents[slot] = content;
            return fresh;
        }

        byte[] pack() {
            ByteBuffer to = ByteBuffer.allocate(used * BlockCodec.IDENTITY_BYTES);
            for (int slot = 0; slot < contents.length; slot++) {
                if (!isEmpty(slot)) {
                    to.putLong(identities[2 * slot])
                            .putLong(identities[2 * slot + 1])
                            .putInt(contents[slot]);
                }
            }
            return to.array();
        }

        private int slot(long high, long low) {
            int capacity = contents.length;
            int slot = (int) ((low >>> 32) * capacity >>> 32);
            while (!isEmpty(slot) && (identities[2 * slot] != high || identities[2 * slot + 1] != low)) {
                slot = slot + 1 == capacity ? 0 : slot + 1;
            }
            return slot;
        }

        private boolean isEmpty(int slot) {
            return (identities[2 * slot] | identities[2 * slot + 1]) == 0;
        }

        void reserve(int more) {
            long needed = (used + (long) more) * 5 / 4;
            if (needed > contents.length) {
                grow((int) Math.max(needed, contents.length + Math.max(SMALLEST, contents.length / 4)));
            }
        }

        private void grow(int capacity) {
            long[] oldIdentities = identities;
            int[] oldContents = contents;
            identities = new long[2 * capacity];
            contents = new int[capacity];
            for (int i = 0; i < oldContents.length; i++) {
                if ((oldIdentities[2 * i] | oldIdentities[2 * i + 1]) != 0) {
                    put(oldIdentities[2 * i], oldIdentities[2 * i + 1], oldContents[i]);
                }
            }
        }

        void clear() {
            Arrays.fill(identities, 0);
            used = 0;
        }

        private static long nonZero(long high, long low) {
            return (high | low) == 0 ? 1 : low;
        }
    }
}
