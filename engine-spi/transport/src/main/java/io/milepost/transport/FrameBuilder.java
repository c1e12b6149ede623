package io.milepost.transport;

import io.milepost.spi.JourneyEvent;

/** Gathers events into one frame, again and again in the same memory. One thread at a time. */
final class FrameBuilder {
    private final int mostEvents;
    private final int mostBytes;
    private final JsonBytes json = new JsonBytes(4096);
    private final EventWriter events = new EventWriter(json);
    private int count;

    FrameBuilder(int mostEvents, int mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        clear();
    }

    /** An event that can't be written is counted as dropped; the frame is then as it was before. */
    void add(JourneyEvent event, Ledger ledger) {
        int before = json.size();
        try {
            events.write(event);
            json.endLine();
            count++;
        } catch (RuntimeException unwritable) {
            events.resize(before);
            ledger.failed("writing an event as JSON", unwritable);
            ledger.dropped(DropReason.UNWRITABLE, 1);
        }
    }

    boolean isFull() {
        return count >= mostEvents || json.size() >= mostBytes;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Bytes of the frame with its header. */
    int length() {
        return json.size();
    }

    /** The frame, its first event having that number; valid until {@link #clear}. */
    byte[] sealed(long first) {
        Frame.seal(json.array(), json.size() - Frame.HEADER, count, first);
        return json.array();
    }

    void clear() {
        count = 0;
        events.resize(Frame.HEADER);
    }
}
