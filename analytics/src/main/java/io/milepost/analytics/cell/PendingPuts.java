package io.milepost.analytics.cell;

import java.util.Arrays;

/**
 * Puts into the cells of one journey that wait to be applied together, cell by cell: side by side they find the cell in
 * the processor's cache, one by one they would not. One thread.
 */
final class PendingPuts {

    private static final int AT_MOST = 1 << 16;

    private int size;
    private int[] slots = new int[1024];
    private int[] days = new int[1024];
    private int[] counts = new int[1024];
    private int[] users = new int[1024];
    private long[] values = new long[1024];
    private int[] order = new int[1024];

    /** Hears each put again, those of a slot one after the other and in the order they came. */
    interface Put {
        void apply(int slot, int day, long value, int count, int joining);
    }

    /** Whether it is time to apply them. */
    boolean isFull() {
        return size >= AT_MOST;
    }

    void add(int slot, int day, long value, int count, int joining) {
        if (size == slots.length) {
            grow(size * 2);
        }
        slots[size] = slot;
        days[size] = day;
        values[size] = value;
        counts[size] = count;
        users[size++] = joining;
    }

    /** @param slotCount more than any slot's number */
    void drain(int slotCount, Put into) {
        int[] next = new int[slotCount + 1];
        for (int i = 0; i < size; i++) {
            next[slots[i] + 1]++;
        }
        for (int slot = 0; slot < slotCount; slot++) {
            next[slot + 1] += next[slot];
        }
        for (int i = 0; i < size; i++) {
            order[next[slots[i]]++] = i;
        }
        for (int at = 0; at < size; at++) {
            int i = order[at];
            into.apply(slots[i], days[i], values[i], counts[i], users[i]);
        }
        size = 0;
    }

    private void grow(int length) {
        slots = Arrays.copyOf(slots, length);
        days = Arrays.copyOf(days, length);
        counts = Arrays.copyOf(counts, length);
        users = Arrays.copyOf(users, length);
        values = Arrays.copyOf(values, length);
        order = new int[length];
    }
}
