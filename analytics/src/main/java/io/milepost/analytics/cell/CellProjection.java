package io.milepost.analytics.cell;

import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.Projection;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The account's cells as a projection of the journal. The projector writes, any thread may read; a read sees whole
 * blocks.
 */
public final class CellProjection implements Projection {

    // Fair, or a projector at full speed would keep readers out.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    /** Replaced before the first block alone. */
    private volatile Cells cells = new Cells();
    /** Whether the cells are right already while blocks are replayed. */
    private boolean folded;

    private volatile boolean doubted;

    @Override
    public void replay(Block block) {
        change(() -> {
            if (folded) {
                cells.apply(block.sequence(), block.events());
            } else {
                cells.collect(block.sequence(), block.events());
            }
        });
    }

    @Override
    public void finishReplay() {
        change(() -> {
            if (!folded) {
                cells.refold();
            }
        });
    }

    @Override
    public void apply(Block block) {
        change(() -> cells.apply(block.sequence(), block.events()));
    }

    /** What stops half way leaves histories and cells that no block ever had. */
    private void change(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } catch (RuntimeException | Error e) {
            doubt();
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** As of one block. Holds the lock for some 15 nanoseconds an event, until all is copied that changes in place. */
    public CellSnapshot snapshot() {
        return read(Cells::snapshot);
    }

    /**
     * Writes the cells themselves, as of the block of a snapshot, to be read by the same build alone: they mean what its
     * code says. A block that comes meanwhile waits for one journey at most.
     *
     * @return false = a block came, and what was written is of no use
     */
    public boolean writeCells(long sequence, PackedWriter to) throws IOException {
        int parts = read(Cells::parts);
        for (int part = 0; part < parts; part++) {
            if (!writeCells(sequence, part, to)) {
                return false;
            }
        }
        return true;
    }

    private boolean writeCells(long sequence, int part, PackedWriter to) throws IOException {
        lock.readLock().lock();
        try {
            boolean same = cells.sequence() == sequence;
            if (same) {
                cells.write(part, to);
            }
            return same;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Takes over a snapshot instead of the blocks up to its own.
     *
     * @param withCells whether the cells follow in the file, and are to be trusted
     */
    public void restore(PackedReader from, boolean withCells) throws IOException {
        Cells restored = CellSnapshot.read(from);
        if (withCells) {
            restored.read(from);
        }
        change(() -> {
            cells = restored;
            folded = withCells;
        });
    }

    /** Called by whoever found figures that contradict each other: what is in memory must not outlive the service. */
    public void doubt() {
        doubted = true;
    }

    public boolean doubted() {
        return doubted;
    }

    /** Changes the histories in a way that no cell feels: nothing is computed anew. */
    public void rename(Consumer<Histories> change) {
        change(() -> change.accept(cells.histories()));
    }

    /** Entries whose facts changed since somebody last took note; needs no lock. */
    public ChangedEntries changed() {
        return cells.changed();
    }

    /** What the function finds in the cells as of one block; nothing that is lazy may leave it. */
    public <T> T read(Function<Cells, T> question) {
        lock.readLock().lock();
        try {
            return question.apply(cells);
        } finally {
            lock.readLock().unlock();
        }
    }
}
