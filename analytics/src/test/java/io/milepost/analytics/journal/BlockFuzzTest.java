package io.milepost.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;
import io.milepost.analytics.store.StoredBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row of the journal whose payload is anything, though its checksum may match: it is read, or told by its place. */
final class BlockFuzzTest {

    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"user.acted\","
                    + "\"time\":\"2026-03-01T12:00:00Z\",\"data\":{\"userId\":\"u\",\"name\":\"x\"}}\n";

    static Stream<Arguments> payloads() {
        byte[] whole = packed(EVENT);
        byte[] huge = whole.clone();
        huge[4] = (byte) 0xA0; // a frame whose header promises another size
        return Stream.of(
                        whole,
                        huge,
                        packed(""),
                        packed("{}\n"),
                        packed("["),
                        packed(EVENT + EVENT),
                        packed("x".repeat(100_000)),
                        new byte[0],
                        new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD},
                        new byte[1000])
                .map(bytes -> Arguments.of((Object) bytes));
    }

    private static byte[] packed(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("payloads")
    @FuzzTest(maxDuration = "2m")
    void isReadOrToldByItsPlace(byte[] payload) {
        StoredBlock stored = BlockCodec.withChecksum(
                new StoredBlock(1, 7, 0, 1, Instant.EPOCH, payload, new byte[BlockCodec.IDENTITY_BYTES], 0));
        try {
            assertThat(BlockCodec.decode(stored).events()).hasSize(1);
        } catch (JournalException damaged) {
            assertThat(damaged).hasMessageContaining("block 7 of account 1");
        }
    }
}
