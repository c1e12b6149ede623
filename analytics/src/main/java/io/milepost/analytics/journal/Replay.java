package io.milepost.analytics.journal;

import io.milepost.analytics.store.JournalStore;
import io.milepost.analytics.store.StoredBlock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Reads stored blocks in order, decoding several at once. */
final class Replay {

    private static final int PAGE = 4;

    private final JournalStore store;
    private final long account;
    private final Executor decoders;
    private final int ahead;

    /** @param ahead blocks that may be decoded before they are asked for: bounds the memory */
    Replay(JournalStore store, long account, Executor decoders, int ahead) {
        this.store = store;
        this.account = account;
        this.decoders = decoders;
        this.ahead = ahead;
    }

    /**
     * Gives each block after {@code sequence} as stored to {@code rows} and then, a little later, decoded to {@code
     * blocks}, both on this thread.
     *
     * @throws JournalException at the first block that is missing or damaged
     */
    void after(long sequence, Consumer<StoredBlock> rows, Consumer<Block> blocks) {
        ArrayDeque<CompletableFuture<Block>> decoding = new ArrayDeque<>();
        long last = sequence;
        List<StoredBlock> page = store.blocksAfter(account, last, PAGE);
        while (!page.isEmpty()) {
            for (StoredBlock row : page) {
                requireNext(row, last);
                last = row.sequence();
                decoding.add(CompletableFuture.supplyAsync(() -> BlockCodec.decode(row), decoders));
                rows.accept(row);
                if (decoding.size() > ahead) {
                    blocks.accept(join(decoding.remove()));
                }
            }
            page = store.blocksAfter(account, last, PAGE);
        }
        while (!decoding.isEmpty()) {
            blocks.accept(join(decoding.remove()));
        }
    }

    private void requireNext(StoredBlock row, long last) {
        if (row.sequence() != last + 1) {
            throw new JournalException("journal block " + (last + 1) + " of account " + account + " is missing", null);
        }
    }

    private static Block join(CompletableFuture<Block> block) {
        try {
            return block.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
