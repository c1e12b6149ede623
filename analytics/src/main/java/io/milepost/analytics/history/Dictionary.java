package io.milepost.analytics.history;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A large vocabulary (users, entries, messages): text to dense number and back, in about 24 bytes beside the text. The
 * text of a scope is apart from the same text of another. One writer; readers hold the lock.
 */
public final class Dictionary {

    private static final int PAGE_BITS = 20;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[][] pages = new byte[8][];
    private int page = -1;
    private int free = PAGE;

    private long[] places = new long[64];
    /** Hash in the upper half, number + 1 in the lower; 0 = free. With the hash beside it a miss costs one look. */
    private long[] slots = new long[128];

    private int size;

    /** The number of that text in that scope, given on first sight. */
    public int intern(int scope, String text) {
        byte[] bytes = bytes(text);
        int hash = hash(scope, bytes);
        int slot = slot(scope, bytes, hash);
        if (slots[slot] != 0) {
            return (int) slots[slot] - 1;
        }
        return add(scope, bytes, hash, slot);
    }

    /** The number of that text in that scope, or -1. */
    public int find(int scope, String text) {
        byte[] bytes = bytes(text);
        return (int) slots[slot(scope, bytes, hash(scope, bytes))] - 1;
    }

    public String text(int number) {
        byte[] from = pages[(int) (places[number] >>> PAGE_BITS)];
        int at = (int) places[number] & (PAGE - 1);
        return new String(from, at + 8, Bytes.intAt(from, at + 4), StandardCharsets.UTF_8);
    }

    public int scope(int number) {
        return Bytes.intAt(pages[(int) (places[number] >>> PAGE_BITS)], (int) places[number] & (PAGE - 1));
    }

    public int size() {
        return size;
    }

    /** Gives the number another text; the old one is found no more. */
    public void rename(int number, String text) {
        int scope = scope(number);
        wipe(number);
        places[number] = store(scope, bytes(text));
        long[] old = slots;
        slots = new long[old.length];
        for (long entry : old) {
            int known = (int) entry - 1;
            if (known >= 0) {
                place(known == number ? entry(hash(scope, bytes(text)), number) : entry);
            }
        }
    }

    /** Its texts as of now, in order of number; {@link #rename} spoils it. */
    Snapshot snapshot() {
        return new Snapshot(pages.clone(), Arrays.copyOf(places, size));
    }

    /** Takes the texts of a snapshot; for an empty dictionary. */
    void read(PackedReader from) throws IOException {
        int texts = from.count();
        reserve(texts);
        for (int i = 0; i < texts; i++) {
            int scope = from.count();
            byte[] bytes = from.bytes();
            int hash = hash(scope, bytes);
            add(scope, bytes, hash, slot(scope, bytes, hash));
        }
    }

    private void reserve(int texts) {
        int slotted = slots.length;
        while (texts * 3L > slotted * 2L) {
            slotted *= 2;
        }
        slots = new long[slotted];
        places = Arrays.copyOf(places, Math.max(places.length, texts));
    }

    /** Texts that were there at one moment: pages only grow at their end. */
    static final class Snapshot {

        private final byte[][] pages;
        private final long[] places;

        private Snapshot(byte[][] pages, long[] places) {
            this.pages = pages;
            this.places = places;
        }

        void write(PackedWriter to) throws IOException {
            to.number(places.length);
            for (long place : places) {
                byte[] in = pages[(int) (place >>> PAGE_BITS)];
                int at = (int) place & (PAGE - 1);
                to.number(Bytes.intAt(in, at));
                to.bytes(Arrays.copyOfRange(in, at + 8, at + 8 + Bytes.intAt(in, at + 4)));
            }
        }
    }

    private void wipe(int number) {
        byte[] in = pages[(int) (places[number] >>> PAGE_BITS)];
        int at = (int) places[number] & (PAGE - 1);
        Arrays.fill(in, at + 8, at + 8 + Bytes.intAt(in, at + 4), (byte) 0);
    }

    private int add(int scope, byte[] bytes, int hash, int slot) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size + (size >> 1));
        }
        places[size] = store(scope, bytes);
        slots[slot] = entry(hash, size++);
        if (size * 3L > slots.length * 2L) {
            grow();
        }
        return size - 1;
    }

    private long store(int scope, byte[] bytes) {
        int need = bytes.length + 8;
        if (free + need > PAGE) {
            newPage();
        }
        byte[] to = pages[page];
        Bytes.putInt(to, free, scope);
        Bytes.putInt(to, free + 4, bytes.length);
        System.arraycopy(bytes, 0, to, free + 8, bytes.length);
        long place = ((long) page << PAGE_BITS) | free;
        free += need;
        return place;
    }

    private void newPage() {
        page++;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        pages[page] = new byte[PAGE];
        free = 0;
    }

    private int slot(int scope, byte[] bytes, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && !is(slots[slot], scope, bytes, hash)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean is(long entry, int scope, byte[] bytes, int hash) {
        if ((int) (entry >> 32) != hash) {
            return false;
        }
        int number = (int) entry - 1;
        byte[] in = pages[(int) (places[number] >>> PAGE_BITS)];
        int at = (int) places[number] & (PAGE - 1);
        int length = Bytes.intAt(in, at + 4);
        return Bytes.intAt(in, at) == scope && Arrays.equals(in, at + 8, at + 8 + length, bytes, 0, bytes.length);
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long entry : old) {
            if (entry != 0) {
                place(entry);
            }
        }
    }

    private void place(long entry) {
        int slot = (int) (entry >> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
    }

    private static long entry(int hash, int number) {
        return (long) hash << 32 | (number + 1L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int hash(int scope, byte[] bytes) {
        long h = scope * 0x9E3779B97F4A7C15L + bytes.length;
        int at = 0;
        for (; at + 8 <= bytes.length; at += 8) {
            h = (h ^ (long) LONGS.get(bytes, at)) * 0xBF58476D1CE4E5B9L;
            h ^= h >>> 29;
        }
        long tail = 0;
        for (; at < bytes.length; at++) {
            tail = tail << 8 | (bytes[at] & 0xFF);
        }
        h = (h ^ tail) * 0x94D049BB133111EBL;
        h ^= h >>> 32;
        return (int) h;
    }
}
