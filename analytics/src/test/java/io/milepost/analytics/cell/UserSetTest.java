package io.milepost.analytics.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserSetTest {

    @ParameterizedTest
    @CsvSource({"1, 300, 100", "2, 2000, 2000", "3, 40000, 1000000", "4, 40000, 50000", "5, 100000, 300000"})
    void holdsWhatASortedSetHoldsInEveryForm(long seed, int operations, int users) {
        Random random = new Random(seed);
        TreeSet<Integer> expected = new TreeSet<>();
        UserSet set = new UserSet();
        for (int i = 0; i < operations; i++) {
            int user = random.nextInt(users);
            if (random.nextInt(5) == 0) {
                set.remove(user);
                expected.remove(user);
            } else {
                set.add(user);
                expected.add(user);
            }
            assertThat(set.contains(user)).as("seed %s, step %s", seed, i).isEqualTo(expected.contains(user));
        }
        List<Integer> members = new ArrayList<>();
        set.forEach(members::add);
        UserUnion union = new UserUnion();
        union.add(set);
        assertThat(members).as("seed %s", seed).containsExactlyElementsOf(expected);
        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(union.size()).isEqualTo(expected.size());
    }
}
