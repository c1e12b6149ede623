package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;

/** Who was turned away when, in order of time; each as often as it happened. One writer. */
public final class Rejections {

    private long[] instants = new long[2];
    private int[] users = new int[2];
    private int size;

    /** Hears of one who was turned away; -1 = not said who. */
    public interface Visitor {
        void visit(long instant, int user);
    }

    void add(long instant, int user) {
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, size * 2);
            users = Arrays.copyOf(users, size * 2);
        }
        int at = size > 0 && instants[size - 1] > instant ? first(instant) : size;
        System.arraycopy(instants, at, instants, at + 1, size - at);
        System.arraycopy(users, at, users, at + 1, size - at);
        instants[at] = instant;
        users[at] = user;
        size++;
    }

    Rejections copy() {
        Rejections copy = new Rejections();
        copy.instants = Arrays.copyOf(instants, size);
        copy.users = Arrays.copyOf(users, size);
        copy.size = size;
        return copy;
    }

    void write(PackedWriter to) throws IOException {
        to.number(size);
        for (int i = 0; i < size; i++) {
            to.signed(instants[i]);
            to.signed(users[i]);
        }
    }

    static Rejections read(PackedReader from) throws IOException {
        Rejections read = new Rejections();
        for (int rest = from.count(); rest > 0; rest--) {
            read.add(from.signed(), (int) from.signed());
        }
        return read;
    }

    /** How many there are in that range. */
    public int in(Range range) {
        return end(range) - first(range.from());
    }

    public void each(Range range, Visitor visitor) {
        for (int at = first(range.from()); at < end(range); at++) {
            visitor.visit(instants[at], users[at]);
        }
    }

    private int end(Range range) {
        return range.to() == Long.MAX_VALUE ? size : first(range.to());
    }

    /** Index of the first that is at or after that instant. */
    private int first(long instant) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (instants[middle] < instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
