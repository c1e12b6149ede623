package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinimiserTest {

    @Test
    void leavesTheItemsThatFailTogether() {
        List<Integer> hundred = IntStream.range(0, 100).boxed().toList();
        assertThat(Minimiser.reduce(hundred, items -> items.contains(7) && items.contains(93)))
                .containsExactly(7, 93);
    }

    @Test
    void leavesNothingWhereNothingIsNeeded() {
        assertThat(Minimiser.reduce(List.of(1, 2, 3), items -> true)).isEmpty();
    }
}
