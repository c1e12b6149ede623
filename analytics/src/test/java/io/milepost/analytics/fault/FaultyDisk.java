package io.milepost.analytics.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePathWrapper;

/** A disk under H2 that can be full, or fail once: {@code jdbc:h2:faulty:/folder/name}. */
public final class FaultyDisk extends FilePathWrapper {

    private static volatile boolean full;
    private static final AtomicInteger WRITES = new AtomicInteger();
    private static final AtomicInteger SYNCS = new AtomicInteger();

    /** While it is full, no write succeeds. */
    public static void full(boolean isFull) {
        full = isFull;
    }

    /** The n-th write from now on fails; those after it don't. */
    static void failWrite(int n) {
        WRITES.set(n);
    }

    /** The n-th sync from now on fails; those after it don't. */
    static void failSync(int n) {
        SYNCS.set(n);
    }

    /** Whether what was to fail has failed. */
    static boolean hasFailed() {
        return WRITES.get() <= 0 && SYNCS.get() <= 0;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBase {

        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        private static void requireRoom() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            if (WRITES.get() > 0 && WRITES.decrementAndGet() == 0) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            requireRoom();
            return disk.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            requireRoom();
            return disk.write(source, position);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return disk.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return disk.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return disk.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            disk.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            disk.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            if (SYNCS.get() > 0 && SYNCS.decrementAndGet() == 0) {
                throw new IOException("Input/output error");
            }
            disk.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
