package io.milepost.analytics.cell;

import io.milepost.analytics.history.Histories;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.Projection;
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
    private final Cells cells = new Cells();

    @Override
    public void replay(Block block) {
        lock.writeLock().lock();
        try {
            cells.collect(block.sequence(), block.events());
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void finishReplay() {
        lock.writeLock().lock();
        try {
            cells.refold();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void apply(Block block) {
        lock.writeLock().lock();
        try {
            cells.apply(block.sequence(), block.events());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Changes the histories in a way that no cell feels: nothing is computed anew. */
    public void rename(Consumer<Histories> change) {
        lock.writeLock().lock();
        try {
            change.accept(cells.histories());
        } finally {
            lock.writeLock().unlock();
        }
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
