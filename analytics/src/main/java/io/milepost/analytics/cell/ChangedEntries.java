package io.milepost.analytics.cell;

import org.roaringbitmap.RoaringBitmap;

/** Numbers of entries whose facts changed since somebody last took note. At most some bits an entry. Any thread. */
public final class ChangedEntries {

    private RoaringBitmap entries = new RoaringBitmap();

    public synchronized void add(int entry) {
        entries.add(entry);
    }

    public synchronized void addAll(RoaringBitmap more) {
        entries.or(more);
    }

    /** All of them, and forgets them: they are the caller's now. */
    public synchronized RoaringBitmap take() {
        RoaringBitmap taken = entries;
        entries = new RoaringBitmap();
        return taken;
    }

    public synchronized int count() {
        return entries.getCardinality();
    }
}
