package io.milepost.analytics.journal;

import io.milepost.analytics.store.StoredBlock;
import java.nio.ByteBuffer;

/**
 * Adds the identities of many stored blocks to a set, a million at once: sorted by segment they find it in the
 * processor's cache, one by one they would not. One thread.
 */
final class IdentityLoader {

    private static final int AT_ONCE = 1 << 20;

    private final IdentitySet into;
    private final long[] identities = new long[2 * AT_ONCE];
    private final int[] contents = new int[AT_ONCE];
    private int size;

    IdentityLoader(IdentitySet into) {
        this.into = into;
    }

    void add(StoredBlock block) {
        ByteBuffer packed = ByteBuffer.wrap(block.identities());
        while (packed.hasRemaining()) {
            identities[2 * size] = packed.getLong();
            identities[2 * size + 1] = packed.getLong();
            contents[size++] = packed.getInt();
            if (size == AT_ONCE) {
                finish();
            }
        }
    }

    /** The set has all of them when this returns. */
    void finish() {
        into.addAll(identities, contents, size);
        size = 0;
    }
}
