package io.milepost.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.VisitRef;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BiographyTest {

    private static final EventSource ENGINE = new EventSource("/engine");
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00.5Z");
    private static final EntryRef ENTRY = new EntryRef("order", 2, "e1", "ann", 0L);

    @Test
    void tellsEachInstantOnceAndWhatHappenedInWhichEntry() {
        VisitRef visit = new VisitRef("pay", "v1");
        assertThat(new Biography()
                        .lines(List.of(
                                ENGINE.journeyEntered(NINE, ENTRY).withVariant("A"),
                                ENGINE.nodeEntered(NINE, ENTRY, visit).within("v0"),
                                ENGINE.nodeExited(TEN, ENTRY, visit).asCancelled(),
                                ENGINE.journeyExited(TEN, ENTRY, ExitReason.EXPIRED),
                                ENGINE.userActed(TEN, "ann", "purchase"))))
                .containsExactly(
                        "  2026-03-02 09:00:00.000  e1  enters order, version 2, variant A",
                        "                           e1    → pay (visit v1, in visit v0)",
                        "  2026-03-02 10:00:00.500  e1    ← pay, cancelled",
                        "                           e1  exits as expired",
                        "                               does purchase");
    }
}
