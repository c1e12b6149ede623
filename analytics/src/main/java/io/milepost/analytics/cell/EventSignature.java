package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * For which scopes and days a user event counts. One event may count for several entries, but once in whatever scope it
 * is asked for: so events are counted by the whole of where they count, not by each part.
 */
public final class EventSignature {

    private final boolean conversion;
    private final boolean activity;
    private final long[] places;

    /**
     * @param conversion whether it converts there; else it is a goal event
     * @param places scope and day of each, ascending, without repetition; see {@link #place}
     */
    EventSignature(boolean conversion, boolean activity, long[] places) {
        this.conversion = conversion;
        this.activity = activity;
        this.places = places;
    }

    static long place(int scope, int day) {
        return (long) scope << 32 | day & 0xFFFFFFFFL;
    }

    public boolean conversion() {
        return conversion;
    }

    public boolean activity() {
        return activity;
    }

    public int places() {
        return places.length;
    }

    public int scope(int place) {
        return (int) (places[place] >> 32);
    }

    public int day(int place) {
        return (int) places[place];
    }

    void write(PackedWriter to) throws IOException {
        to.number((conversion ? 2 : 0) | (activity ? 1 : 0));
        to.number(places.length);
        for (long place : places) {
            to.signed(place);
        }
    }

    static EventSignature read(PackedReader from) throws IOException {
        int kind = from.count();
        long[] places = new long[from.count()];
        for (int i = 0; i < places.length; i++) {
            places[i] = from.signed();
        }
        return new EventSignature((kind & 2) != 0, (kind & 1) != 0, places);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSignature that
                && conversion == that.conversion
                && activity == that.activity
                && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(places) * 4 + (conversion ? 2 : 0) + (activity ? 1 : 0);
    }
}
