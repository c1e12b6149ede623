package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    void isAPercentageThatIsNotRounded() {
        assertThat(Rate.of(1, 3)).isEqualTo(new Rate(100.0 / 3, 1, 3));
        assertThat(Rate.of(3, 3).value()).isEqualTo(100.0);
        assertThat(Rate.of(0, 3).value()).isEqualTo(0.0);
    }

    @Test
    void hasNoValueWhereThereIsNobody() {
        assertThat(Rate.of(0, 0)).isEqualTo(new Rate(null, 0, 0));
    }
}
