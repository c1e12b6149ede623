package io.milepost.analytics.cell;

import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of user numbers: a sorted array while small, then a compressed bitmap, and plain bits once it has so many of the
 * users that those take no more room than twice the bitmap. Exact. One writer.
 */
public final class UserSet {

    private static final long BARE_BYTES = 56;
    private static final int SMALL = 128;
    /** Compressed, a user in a sparse set takes 16 bits. */
    private static final int DENSE_BITS = 32;

    private static final int LOOK_EVERY = 1024;

    private int[] small = new int[1];
    private int size;
    private @Nullable RoaringBitmap large;
    private long @Nullable [] dense;

    void add(int user) {
        if (dense != null) {
            addDense(user);
            return;
        }
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            if (bitmap.checkedAdd(user) && ++size % LOOK_EVERY == 0) {
                thicken(bitmap);
            }
            return;
        }
        int at = size > 0 && small[size - 1] < user ? -size - 1 : Arrays.binarySearch(small, 0, size, user);
        if (at < 0) {
            insert(-at - 1, user);
        }
    }

    void remove(int user) {
        if (!contains(user)) {
            return;
        }
        long[] bits = dense;
        RoaringBitmap bitmap = large;
        if (bits != null) {
            bits[user >>> 6] &= ~(1L << user);
            size--;
            return;
        }
        if (bitmap != null) {
            bitmap.remove(user);
            size--;
            return;
        }
        int at = Arrays.binarySearch(small, 0, size, user);
        System.arraycopy(small, at + 1, small, at, size - at - 1);
        size--;
    }

    public boolean contains(int user) {
        long[] bits = dense;
        if (bits != null) {
            return user >>> 6 < bits.length && (bits[user >>> 6] & 1L << user) != 0;
        }
        RoaringBitmap bitmap = large;
        return bitmap != null ? bitmap.contains(user) : Arrays.binarySearch(small, 0, size, user) >= 0;
    }

    public int size() {
        return size;
    }

    public void forEach(IntConsumer visitor) {
        if (dense != null) {
            UserUnion union = new UserUnion();
            addTo(union);
            union.forEach(visitor);
            return;
        }
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            for (IntIterator users = bitmap.getIntIterator(); users.hasNext(); ) {
                visitor.accept(users.next());
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            visitor.accept(small[i]);
        }
    }

    /** What it takes in memory, more or less. */
    long bytes() {
        if (dense != null) {
            return BARE_BYTES + (long) dense.length * Long.BYTES;
        }
        RoaringBitmap bitmap = large;
        return BARE_BYTES + (bitmap != null ? bitmap.getLongSizeInBytes() : (long) small.length * Integer.BYTES);
    }

    /** Null unless it has them as bits. */
    long @Nullable [] bits() {
        return dense;
    }

    /** Sets the bit of each user. */
    void addTo(UserUnion union) {
        long[] bits = dense;
        if (bits != null) {
            union.addAll(bits);
            return;
        }
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            union.addAll(bitmap);
            return;
        }
        for (int i = 0; i < size; i++) {
            union.add(small[i]);
        }
    }

    void write(PackedWriter to) throws IOException {
        to.number(size);
        int before = 0;
        for (int user : toArray()) {
            to.number(user - before);
            before = user;
        }
    }

    private int[] toArray() {
        int[] users = new int[size];
        int[] filled = new int[1];
        forEach(user -> users[filled[0]++] = user);
        return users;
    }

    static UserSet read(PackedReader from) throws IOException {
        UserSet set = new UserSet();
        int size = from.count();
        set.small = new int[Math.min(SMALL, size)];
        int user = 0;
        for (int i = 0; i < size; i++) {
            user += from.count();
            set.add(user);
        }
        return set;
    }

    private void insert(int at, int user) {
        if (size == SMALL) {
            grow(user);
            return;
        }
        if (size == small.length) {
            small = Arrays.copyOf(small, Math.min(SMALL, Math.max(1, size * 2)));
        }
        System.arraycopy(small, at, small, at + 1, size - at);
        small[at] = user;
        size++;
    }

    private void grow(int user) {
        RoaringBitmap bitmap = new RoaringBitmap();
        for (int i = 0; i < size; i++) {
            bitmap.add(small[i]);
        }
        bitmap.add(user);
        large = bitmap;
        small = new int[0];
        size++;
    }

    private void addDense(int user) {
        long[] bits = Objects.requireNonNull(dense);
        int word = user >>> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + (word >> 3) + 1);
            dense = bits;
        }
        if ((bits[word] & 1L << user) == 0) {
            bits[word] |= 1L << user;
            size++;
        }
    }

    private void thicken(RoaringBitmap bitmap) {
        int highest = bitmap.last();
        if ((long) size * DENSE_BITS < highest) {
            return;
        }
        long[] bits = new long[(highest >>> 6) + 1];
        bitmap.forEach((org.roaringbitmap.IntConsumer) user -> bits[user >>> 6] |= 1L << user);
        dense = bits;
        large = null;
    }
}
