package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Instants in order, each as often as it was added. One writer. */
public final class Deadlines {

    private long[] instants = new long[2];
    private int size;

    void add(long instant) {
        int at = after(instant - 1);
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, size * 2);
        }
        System.arraycopy(instants, at, instants, at + 1, size - at);
        instants[at] = instant;
        size++;
    }

    void remove(long instant) {
        int at = after(instant - 1);
        if (at < size && instants[at] == instant) {
            System.arraycopy(instants, at + 1, instants, at, size - at - 1);
            size--;
        }
    }

    void write(PackedWriter to) throws IOException {
        to.number(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            to.number(instants[i] - before);
            before = instants[i];
        }
    }

    static Deadlines read(PackedReader from) throws IOException {
        Deadlines deadlines = new Deadlines();
        int size = from.count();
        deadlines.instants = new long[Math.max(1, size)];
        deadlines.size = size;
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += from.number();
            deadlines.instants[i] = before;
        }
        return deadlines;
    }

    public int size() {
        return size;
    }

    void forEach(LongConsumer visitor) {
        for (int i = 0; i < size; i++) {
            visitor.accept(instants[i]);
        }
    }

    /** How many are at or after that instant. */
    public int from(long instant) {
        return size - (instant == Long.MIN_VALUE ? 0 : after(instant - 1));
    }

    /** Index of the first instant later than that one. */
    private int after(long instant) {
        if (size == 0 || instants[size - 1] <= instant) {
            return size;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (instants[middle] <= instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
