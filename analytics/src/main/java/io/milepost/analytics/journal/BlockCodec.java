package io.milepost.analytics.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.StoredEvents;
import io.milepost.analytics.store.StoredBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Blocks as rows and back. */
public final class BlockCodec {

    /** Of one event's identity and content hash. */
    static final int IDENTITY_BYTES = 20;

    private static final int LEVEL = 1;

    /** Far beyond any block: what says to be larger is not read into memory. */
    private static final long LARGEST = 1L << 28;

    private BlockCodec() {}

    static StoredBlock encode(long account, Block block) {
        byte[] payload = Zstd.compress(rawEvents(block.events()), LEVEL);
        byte[] identities = identities(block.events());
        StoredBlock stored = new StoredBlock(
                account,
                block.sequence(),
                block.firstEvent(),
                block.events().size(),
                block.receivedAt(),
                payload,
                identities,
                0);
        return withChecksum(stored);
    }

    private static byte[] rawEvents(List<AcceptedEvent> events) {
        int length = 0;
        for (AcceptedEvent event : events) {
            length += event.rawLength + 1;
        }
        ByteBuffer raw = ByteBuffer.allocate(length);
        for (AcceptedEvent event : events) {
            raw.put(event.raw, event.rawOffset, event.rawLength).put((byte) '\n');
        }
        return raw.array();
    }

    private static byte[] identities(List<AcceptedEvent> events) {
        ByteBuffer packed = ByteBuffer.allocate(IDENTITY_BYTES * events.size());
        for (AcceptedEvent event : events) {
            packed.putLong(event.identityHigh).putLong(event.identityLow).putInt(event.contentHash);
        }
        return packed.array();
    }

    static StoredBlock withChecksum(StoredBlock block) {
        return new StoredBlock(
                block.account(),
                block.sequence(),
                block.firstEvent(),
                block.eventCount(),
                block.receivedAt(),
                block.payload(),
                block.identities(),
                checksum(block));
    }

    private static int checksum(StoredBlock block) {
        CRC32C crc = new CRC32C();
        ByteBuffer numbers = ByteBuffer.allocate(4 * Long.BYTES + Integer.BYTES)
                .putLong(block.account())
                .putLong(block.sequence())
                .putLong(block.firstEvent())
                .putLong(block.receivedAt().toEpochMilli())
                .putInt(block.eventCount());
        crc.update(numbers.flip());
        crc.update(block.payload());
        crc.update(block.identities());
        return (int) crc.getValue();
    }

    /** @throws JournalException where the row is not as it was written */
    static void verify(StoredBlock stored) {
        if (checksum(stored) != stored.checksum()
                || stored.identities().length != IDENTITY_BYTES * stored.eventCount()) {
            throw damaged(stored, "its checksum does not match", null);
        }
    }

    /** @throws JournalException where the row is not as it was written */
    static Block decode(StoredBlock stored) {
        verify(stored);
        try {
            byte[] raw = decompress(stored.payload());
            List<AcceptedEvent> events = StoredEvents.read(raw, stored.eventCount());
            ByteBuffer identities = ByteBuffer.wrap(stored.identities());
            for (AcceptedEvent event : events) {
                event.identityHigh = identities.getLong();
                event.identityLow = identities.getLong();
                event.contentHash = identities.getInt();
            }
            return new Block(stored.sequence(), stored.firstEvent(), stored.receivedAt(), events);
        } catch (IOException | ZstdException e) {
            throw damaged(stored, "its events cannot be read", e);
        }
    }

    /**
     * The row with each event changed, if at all, to another of the same identity.
     *
     * @throws JournalException where the row is not as it was written
     */
    public static StoredBlock rewrite(StoredBlock stored, UnaryOperator<AcceptedEvent> change) {
        Block block = decode(stored);
        List<AcceptedEvent> events = block.events().stream().map(change).toList();
        return encode(stored.account(), new Block(block.sequence(), block.firstEvent(), block.receivedAt(), events));
    }

    private static byte[] decompress(byte[] payload) throws IOException {
        long size = payload.length == 0 ? -1 : Zstd.getFrameContentSize(payload);
        if (size < 0 || size > LARGEST) {
            throw new IOException("its payload says to have " + size + " bytes");
        }
        return Zstd.decompress(payload, (int) size);
    }

    private static JournalException damaged(StoredBlock stored, String what, @Nullable Exception cause) {
        return new JournalException(
                "journal block " + stored.sequence() + " of account " + stored.account() + " is damaged: " + what,
                cause);
    }
}
