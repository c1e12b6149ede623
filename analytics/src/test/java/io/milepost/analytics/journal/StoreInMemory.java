package io.milepost.analytics.journal;

import io.milepost.analytics.store.JournalStore;
import io.milepost.analytics.store.RejectedEvent;
import io.milepost.analytics.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal's rows of one account, as durable as this object. */
final class StoreInMemory implements JournalStore {

    private final List<StoredBlock> blocks = new ArrayList<>();

    @Override
    public synchronized List<StoredBlock> blocksAfter(long account, long sequence, int most) {
        return blocks.stream()
                .filter(block -> block.sequence() > sequence)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Optional<StoredBlock> block(long account, long sequence) {
        return blocks.stream().filter(block -> block.sequence() == sequence).findFirst();
    }

    @Override
    public synchronized void append(
            long account, List<StoredBlock> more, List<RejectedEvent> rejected, List<Long> mended) {
        blocks.addAll(more);
    }

    @Override
    public void reopen(long account) {}
}
