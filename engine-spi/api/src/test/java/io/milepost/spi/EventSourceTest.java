package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventSourceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EventSource ENGINE = new EventSource("/engines/acme");

    @Test
    void tellsTheSameFactTwiceWithTheSameId() {
        EntryRef entry = new EntryRef("onboarding", 3, "e-1", "ann");
        VisitRef visit = new VisitRef("welcome", "v-1");
        assertThat(ENGINE.nodeEntered(NOON, entry, visit).id())
                .isEqualTo(ENGINE.nodeEntered(NOON, entry.at(7), visit).id())
                .isEqualTo("journey.node.entered/onboarding/e-1/v-1");
    }

    @Test
    void tellsArrivalAndLeavingApart() {
        EntryRef entry = new EntryRef("onboarding", 3, "e-1", "ann");
        VisitRef visit = new VisitRef("welcome", "v-1");
        assertThat(ENGINE.nodeEntered(NOON, entry, visit).id())
                .isNotEqualTo(ENGINE.nodeExited(NOON, entry, visit).id());
    }

    @Test
    void tellsTwoClicksApartByTheirTime() {
        assertThat(ENGINE.messageEngaged(NOON, "m-1", "clicked").id())
                .isNotEqualTo(ENGINE.messageEngaged(NOON.plusNanos(1), "m-1", "clicked")
                        .id());
    }

    @Test
    void tellsTheSameOutcomeOfTwoVisitsApart() {
        EntryRef entry = new EntryRef("survey", 1, "e-1", "ann");
        assertThat(ENGINE.outcomeReached(NOON, entry, new VisitRef("ask", "v-1"), "yes", null)
                        .id())
                .isEqualTo("journey.outcome/survey/e-1/v-1/yes/2026-03-01T12:00:00Z")
                .isNotEqualTo(ENGINE.outcomeReached(NOON, entry, new VisitRef("ask", "v-2"), "yes", null)
                        .id());
    }

    @Test
    void keepsPartsApartWhateverIsInThem() {
        assertThat(id("a/b", "c")).isNotEqualTo(id("a", "b/c"));
        assertThat(id("a\\", "b")).isNotEqualTo(id("a\\/b"));
        assertThat(id("a", "")).isNotEqualTo(id("a"));
    }

    @Test
    void shortensWhatIsTooLongForAnId() {
        String id = id("x".repeat(200), "1");
        assertThat(id).hasSizeLessThanOrEqualTo(200).startsWith("user.acted/");
        assertThat(id).isEqualTo(id("x".repeat(200), "1")).isNotEqualTo(id("x".repeat(200), "2"));
    }

    @Test
    void makesAnIdOfAnyString() {
        assertThat(id("\u0000")).isNotEqualTo(id("\u0001"));
        assertThat(id("\ud800")).isNotEqualTo(id("\ud801"));
    }

    private static String id(String... about) {
        return ENGINE.envelope(JourneyEventType.USER_ACTED, NOON, about).id();
    }
}
