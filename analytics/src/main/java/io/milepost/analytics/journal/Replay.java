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
     * Gives each block in ({@code sequence}, {@code last}] as stored to {@code rows} and then, a little later, decoded to
     * {@code blocks}, both on this thread.
     *
     * @throws JournalException at the first block that is missing or damaged
     */
    void after(long sequence, long last, Consumer<StoredBlock> rows, Consumer<Block> blocks) {
        ArrayDeque<CompletableFuture<Block>> decoding = new ArrayDeque<>();
        each(sequence, last, row -> {
            decoding.add(CompletableFuture.supplyAsync(() -> BlockCodec.decode(row), decoders));
            rows.accept(row);
            if (decoding.size() > ahead) {
                blocks.accept(join(decoding.remove()));
            }
        });
        while (!decoding.isEmpty()) {
            blocks.accept(join(decoding.remove()));
        }
    }

    /**
     * Reads as {@link #after} does, for nothing but to see whether they can be read.
     *
     * @throws JournalException at the first block that is missing or altered
     */
    void verify(long sequence, long last) {
        each(sequence, last, BlockCodec::verify);
    }

    private void each(long sequence, long last, Consumer<StoredBlock> rows) {
        long next = sequence + 1;
        while (next <= last) {
            int most = (int) Math.min(PAGE, last - next + 1);
            List<StoredBlock> page = store.blocksAfter(account, next - 1, most);
            for (StoredBlock row : page) {
                requireNext(row, next++);
                rows.accept(row);
            }
            if (page.isEmpty()) {
                return;
            }
        }
    }

    private void requireNext(StoredBlock row, long expected) {
        if (row.sequence() != expected) {
            throw new JournalException("journal block " + expected + " of account " + account + " is missing", null);
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
