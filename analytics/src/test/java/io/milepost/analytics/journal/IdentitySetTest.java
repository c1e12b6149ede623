package io.milepost.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.journal.IdentitySet.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdentitySetTest {

    @Test
    void agreesWithAMapOnAnySetOfIdentities() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            IdentitySet set = new IdentitySet(random.nextInt(4));
            Map<List<Long>, Integer> expected = new HashMap<>();
            // few distinct halves, so that segments, slots and single halves collide
            int spread = 1 + random.nextInt(60);
            for (int i = 0; i < 20_000; i++) {
                long high = half(random, spread);
                long low = half(random, spread);
                int content = random.nextInt(2);
                Integer known = expected.putIfAbsent(List.of(high, low), content);
                Known found = set.find(high, low, content);
                assertThat(found)
                        .as("seed %s, step %s", seed, i)
                        .isEqualTo(known == null ? Known.NEW : known == content ? Known.SAME : Known.OTHER_CONTENT);
                if (found == Known.NEW) {
                    set.add(high, low, content);
                }
            }
            assertThat(set.size()).as("seed %s", seed).isEqualTo(expected.size());
        }
    }

    private static long half(Random random, int spread) {
        long value = 1 + random.nextInt(spread);
        return random.nextBoolean() ? value : value * 0x9E3779B97F4A7C15L;
    }

    @Test
    void knowsTheIdentityOfZeros() {
        IdentitySet set = new IdentitySet(2);
        assertThat(set.find(0, 0, 5)).isEqualTo(Known.NEW);

        set.add(0, 0, 5);

        assertThat(set.find(0, 0, 5)).isEqualTo(Known.SAME);
        assertThat(set.find(0, 0, 6)).isEqualTo(Known.OTHER_CONTENT);
    }

    @Test
    void takesOverWhatAnotherSetPacked() {
        IdentitySet set = new IdentitySet(2);
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            set.add(random.nextLong(), i, i);
        }
        set.add(0, 0, 5);

        IdentitySet other = new IdentitySet(2);
        for (int segment = 0; segment < set.segments(); segment++) {
            other.addSegment(set.pack(segment));
            other.addSegment(set.pack(segment)); // a second time adds nothing
        }

        assertThat(other.size()).isEqualTo(1001);
        assertThat(other.find(0, 0, 5)).isEqualTo(Known.SAME);
        random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            assertThat(other.find(random.nextLong(), i, i)).as("identity %s", i).isEqualTo(Known.SAME);
        }
    }

    @Test
    void isEmptyOnceCleared() {
        IdentitySet set = new IdentitySet(0);
        set.add(1, 2, 3);

        set.clear();

        assertThat(set.size()).isZero();
        assertThat(set.find(1, 2, 3)).isEqualTo(Known.NEW);
    }
}
