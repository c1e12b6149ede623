package io.milepost.analytics.cell;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** A set of user numbers: a sorted array while small, then a compressed bitmap. Exact. One writer. */
public final class UserSet {

    private static final int SMALL = 128;

    private int[] small = new int[1];
    private int size;
    private @Nullable RoaringBitmap large;

    void add(int user) {
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            bitmap.add(user);
            return;
        }
        int at = size > 0 && small[size - 1] < user ? -size - 1 : Arrays.binarySearch(small, 0, size, user);
        if (at < 0) {
            insert(-at - 1, user);
        }
    }

    void remove(int user) {
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            bitmap.remove(user);
            return;
        }
        int at = Arrays.binarySearch(small, 0, size, user);
        if (at >= 0) {
            System.arraycopy(small, at + 1, small, at, size - at - 1);
            size--;
        }
    }

    public boolean contains(int user) {
        RoaringBitmap bitmap = large;
        return bitmap != null ? bitmap.contains(user) : Arrays.binarySearch(small, 0, size, user) >= 0;
    }

    public int size() {
        RoaringBitmap bitmap = large;
        return bitmap != null ? bitmap.getCardinality() : size;
    }

    public void forEach(IntConsumer visitor) {
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

    /** Sets the bit of each user. */
    void addTo(UserUnion union) {
        RoaringBitmap bitmap = large;
        if (bitmap != null) {
            union.addAll(bitmap);
            return;
        }
        for (int i = 0; i < size; i++) {
            union.add(small[i]);
        }
    }

    private void insert(int at, int user) {
        if (size == SMALL) {
            grow(user);
            return;
        }
        if (size == small.length) {
            small = Arrays.copyOf(small, Math.min(SMALL, size * 2));
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
        size = 0;
    }
}
