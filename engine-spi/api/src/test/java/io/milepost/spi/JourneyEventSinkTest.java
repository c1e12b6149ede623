package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyEventSinkTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final EventSource ENGINE = new EventSource("/engines/acme");
    private static final JourneyEventBatch TWO =
            JourneyEventBatch.of(ENGINE.userActed(NOON, "ann", "purchase"), ENGINE.userActed(NOON, "bob", "purchase"));

    private final List<JourneyEventBatch> received = new ArrayList<>();

    @Test
    void noSinksAreTheNoop() {
        assertThat(JourneyEventSink.composite(CLOCK)).isSameAs(JourneyEventSink.noop());
    }

    @Test
    void oneSinkIsItself() {
        JourneyEventSink one = received::add;
        assertThat(JourneyEventSink.composite(CLOCK, one)).isSameAs(one);
    }

    @Test
    void eachSinkGetsEachBatchThoughAnotherThrows() {
        JourneyEventSink both = JourneyEventSink.composite(CLOCK, received::add, throwing(), received::add);
        both.emit(TWO);
        both.emit(TWO);
        assertThat(received).containsExactly(TWO, TWO, TWO, TWO);
        assertThat(both.diagnostics().count(Diagnostics.FAILED_BATCHES)).isEqualTo(2);
        assertThat(both.diagnostics().count(Diagnostics.FAILED_EVENTS)).isEqualTo(4);
    }

    @Test
    void isolatingRemembersTheLastFailure() {
        JourneyEventSink isolated = JourneyEventSink.isolating(throwing(), CLOCK);
        isolated.emit(TWO);
        assertThat(isolated.diagnostics().lastFailure()).satisfies(last -> {
            assertThat(last.at()).isEqualTo(NOON);
            assertThat(last.cause()).hasMessage("no room");
        });
    }

    @Test
    void isolatingCatchesErrorsOfASinkToo() {
        JourneyEventSink isolated = JourneyEventSink.isolating(
                batch -> {
                    throw new NoClassDefFoundError("vendor/Missing");
                },
                CLOCK);
        isolated.emit(TWO);
        assertThat(isolated.diagnostics().count(Diagnostics.FAILED_BATCHES)).isEqualTo(1);
    }

    @Test
    void isolatingLetsFatalErrorsPass() {
        JourneyEventSink isolated = JourneyEventSink.isolating(
                batch -> {
                    throw new OutOfMemoryError("on purpose");
                },
                CLOCK);
        assertThatThrownBy(() -> isolated.emit(TWO)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aBatchIsACopyOfItsEvents() {
        List<JourneyEvent> events = new ArrayList<>(TWO.events());
        JourneyEventBatch batch = new JourneyEventBatch(events);
        events.clear();
        assertThat(batch.size()).isEqualTo(2);
    }

    private static JourneyEventSink throwing() {
        return batch -> {
            throw new IllegalStateException("no room");
        };
    }
}
