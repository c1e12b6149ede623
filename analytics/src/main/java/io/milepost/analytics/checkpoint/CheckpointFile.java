package io.milepost.analytics.checkpoint;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.CellSnapshot;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import io.milepost.analytics.journal.Checkpoint;
import io.milepost.analytics.journal.Identities;
import io.milepost.analytics.store.JournalStore;
import io.milepost.analytics.store.StoredBlock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account's checkpoint: a file that is there as a whole or not at all. It names the journal's block it stands at by
 * that block's checksum, so that it is not taken for another journal's. Any thread.
 */
final class CheckpointFile implements Checkpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    /** To be raised with every change of what a snapshot writes, or of what its bytes mean. */
    private static final int FORMAT = 3;

    private static final int READ_AHEAD = 1 << 20;

    private final Path path;
    private final Path unfinished;
    private final long account;
    private final JournalStore store;
    private final CellProjection projection;
    private final long fewest;
    /** Held while a file takes its place, and while no file may. */
    private final ReentrantLock landing = new ReentrantLock();

    private volatile long spoilt;
    private volatile long events;
    private volatile long foldedEvents;

    /** @param cells the build whose cells follow, "" = none do */
    private record Head(int format, long account, long sequence, int checksum, long events, String cells) {

        static Head read(PackedReader from) throws IOException {
            int format = from.count();
            return new Head(format, from.number(), from.number(), (int) from.signed(), from.number(), from.text());
        }

        void write(PackedWriter to) throws IOException {
            to.number(format);
            to.number(account);
            to.number(sequence);
            to.signed(checksum);
            to.number(events);
            to.text(cells);
        }
    }

    /** @param fewest new events, for which the last checkpoint is written anew at the end */
    CheckpointFile(Path path, long account, JournalStore store, CellProjection projection, long fewest) {
        this.path = path;
        this.unfinished = path.resolveSibling(path.getFileName() + ".new");
        this.account = account;
        this.store = store;
        this.projection = projection;
        this.fewest = fewest;
    }

    /** How many events the file holds; 0 = there is none, or it was not looked for yet. */
    long events() {
        return events;
    }

    /** How many of them have their cells in the file: all or none. */
    long foldedEvents() {
        return foldedEvents;
    }

    @Override
    public long sequence() {
        try {
            Files.deleteIfExists(unfinished);
            if (Files.exists(path)) {
                Head head = head();
                if (head != null) {
                    events = head.events;
                    return head.sequence;
                }
                LOG.info("the checkpoint {} is not of this journal or version: all blocks are read", path);
            }
        } catch (IOException e) {
            LOG.warn("the checkpoint {} cannot be read ({}): all blocks are read", path, e.getMessage());
        }
        return 0;
    }

    private @Nullable Head head() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Head head = Head.read(new PackedReader(in));
            return head.format == FORMAT && head.account == account && isStored(head) ? head : null;
        }
    }

    private boolean isStored(Head head) {
        return isStored(head.sequence, head.checksum);
    }

    private boolean isStored(long sequence, int checksum) {
        return store.block(account, sequence)
                .filter(block -> block.checksum() == checksum)
                .isPresent();
    }

    @Override
    public boolean restore(Consumer<byte[]> identities) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), READ_AHEAD)) {
            PackedReader reader = new PackedReader(in);
            String cells = Head.read(reader).cells;
            readIdentities(reader, identities);
            foldedEvents = !cells.isEmpty() && cells.equals(Build.hash()) ? events : 0;
            projection.restore(reader, foldedEvents > 0);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("the checkpoint {} is damaged ({}): all blocks are read", path, e.toString());
            events = 0;
            foldedEvents = 0;
            return false;
        }
    }

    private void readIdentities(PackedReader from, Consumer<byte[]> identities) throws IOException {
        for (int parts = from.count(); parts > 0; parts--) {
            identities.accept(from.bytes());
        }
        long newest = from.number();
        if (!isStored(newest, (int) from.signed())) {
            throw new IOException("it knows events of a block " + newest + " that is not stored");
        }
    }

    /**
     * Writes what is projected now, and puts it in the place of the file before once it would survive a power cut. Nothing
     * waits for it. Once what is projected is doubted there is no file, and the next start computes all from the journal.
     *
     * @param withCells whether the cells are written too, for a start that need not fold them; no block may come then
     */
    synchronized void write(Identities identities, boolean withCells) throws IOException {
        if (projection.doubted()) {
            forget();
            return;
        }
        long before = spoilt;
        CellSnapshot snapshot = projection.snapshot();
        StoredBlock block = stored(snapshot.sequence());
        Head head = new Head(
                FORMAT,
                account,
                block.sequence(),
                block.checksum(),
                block.firstEvent() + block.eventCount(),
                withCells ? Build.hash() : "");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (FileChannel file = FileChannel.open(
                            unfinished,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream out = new PacedOutput(file)) {
                PackedWriter writer = new PackedWriter(out);
                head.write(writer);
                writeIdentities(identities, writer);
                snapshot.write(writer);
                if (withCells) {
                    writeCells(snapshot, writer);
                }
                writer.end();
                file.force(true);
            }
            land(head, before);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private StoredBlock stored(long sequence) throws IOException {
        return store.block(account, sequence).orElseThrow(() -> new IOException("block " + sequence + " is missing"));
    }

    /** They may be ahead of the projection, and so name a block of their own. */
    private void writeIdentities(Identities identities, PackedWriter writer) throws IOException {
        int parts = identities.parts();
        writer.number(parts);
        for (int part = 0; part < parts; part++) {
            writer.bytes(identities.part(part));
        }
        StoredBlock newest = stored(identities.newestBlock());
        writer.number(newest.sequence());
        writer.signed(newest.checksum());
    }

    private void writeCells(CellSnapshot snapshot, PackedWriter writer) throws IOException {
        if (!projection.writeCells(snapshot.sequence(), writer)) {
            throw new IOException("a block came meanwhile");
        }
    }

    private void land(Head head, long before) throws IOException {
        landing.lock();
        try {
            if (spoilt == before && !projection.doubted()) {
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                events = head.events;
                foldedEvents = head.cells.isEmpty() ? 0 : events;
            }
        } finally {
            landing.unlock();
        }
    }

    /** The cells hold still by now: the next start need not fold them. */
    @Override
    public void finish(Identities identities) {
        try {
            if (projection.doubted() || unfolded() >= fewest) {
                write(identities, true);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("no checkpoint could be written: {}", e.getMessage());
        }
    }

    private long unfolded() {
        return store.block(account, projection.read(Cells::sequence))
                .map(block -> block.firstEvent() + block.eventCount() - foldedEvents)
                .orElse(0L);
    }

    @Override
    public void spoil(Runnable change) {
        landing.lock();
        try {
            forget();
            change.run();
        } finally {
            spoilt++;
            landing.unlock();
        }
    }

    private void forget() {
        events = 0;
        foldedEvents = 0;
        try {
            if (Files.deleteIfExists(path)) {
                try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
                    folder.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint " + path + " cannot be deleted", e);
        }
    }
}
