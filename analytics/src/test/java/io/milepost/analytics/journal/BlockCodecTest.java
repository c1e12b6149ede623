package io.milepost.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.EventLimits;
import io.milepost.analytics.store.StoredBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlockCodecTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-10T00:00:00.123Z");

    @Test
    void aBlockIsTheSameAfterItsRoundTrip() throws BodyException {
        Block block = new Block(3, 17, RECEIVED, events());

        Block read = BlockCodec.decode(BlockCodec.encode(1, block));

        assertThat(read).usingRecursiveComparison().ignoringFields("events").isEqualTo(block);
        assertThat(read.events()).hasSameSizeAs(block.events());
        for (int i = 0; i < block.events().size(); i++) {
            assertThat(read.events().get(i))
                    .usingRecursiveComparison()
                    .ignoringFields("raw", "rawOffset")
                    .isEqualTo(block.events().get(i));
            assertThat(raw(read.events().get(i))).isEqualTo(raw(block.events().get(i)));
        }
    }

    @Test
    void anyFlippedBitIsFound() throws BodyException {
        StoredBlock stored = BlockCodec.encode(1, new Block(3, 17, RECEIVED, events()));

        for (int bit = 0; bit < 8 * stored.payload().length; bit++) {
            StoredBlock damaged = with(stored, flip(stored.payload(), bit), stored.identities());
            assertDamaged(damaged);
        }
        for (int bit = 0; bit < 8 * stored.identities().length; bit++) {
            assertDamaged(with(stored, stored.payload(), flip(stored.identities(), bit)));
        }
    }

    @Test
    void aBlockInTheWrongPlaceIsFound() throws BodyException {
        StoredBlock stored = BlockCodec.encode(1, new Block(3, 17, RECEIVED, events()));

        assertDamaged(new StoredBlock(
                1,
                4,
                stored.firstEvent(),
                stored.eventCount(),
                stored.receivedAt(),
                stored.payload(),
                stored.identities(),
                stored.checksum()));
    }

    private static void assertDamaged(StoredBlock stored) {
        assertThatThrownBy(() -> BlockCodec.decode(stored))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("block " + stored.sequence())
                .hasMessageContaining("account 1");
    }

    private static StoredBlock with(StoredBlock block, byte[] payload, byte[] identities) {
        return new StoredBlock(
                block.account(),
                block.sequence(),
                block.firstEvent(),
                block.eventCount(),
                block.receivedAt(),
                payload,
                identities,
                block.checksum());
    }

    private static byte[] flip(byte[] bytes, int bit) {
        byte[] flipped = Arrays.copyOf(bytes, bytes.length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static List<AcceptedEvent> events() throws BodyException {
        String event =
                """
                {"specversion": "1.0", "id": "e-%d", "source": "/s", "type": "user.acted",
                 "time": "2026-03-01T12:00:00Z", "data": {"userId": "ü-1", "name": "x", "attributes": {"a": 1.50}}}
                """;
        String body = "[" + event.formatted(1) + "," + event.formatted(2) + "]";
        return new BatchReader(1, EventLimits.DEFAULT, RECEIVED)
                .readArray(body.getBytes(StandardCharsets.UTF_8))
                .events();
    }

    private static String raw(AcceptedEvent event) {
        return new String(event.raw, event.rawOffset, event.rawLength, StandardCharsets.UTF_8);
    }
}
