package io.milepost.analytics.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.journal.Block;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellProjectionTest {

    @Test
    void doubtsWhatABlockLeftHalfDone() {
        CellProjection projection = new CellProjection();
        Block broken = new Block(1, 0, Instant.EPOCH, List.of(new AcceptedEvent()));

        assertThat(projection.doubted()).isFalse();
        assertThatThrownBy(() -> projection.apply(broken)).isInstanceOf(NullPointerException.class);
        assertThat(projection.doubted()).isTrue();
    }
}
