package io.milepost.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads like the README: a vendor's build has this. */
class PlayedScenarioIT {

    @RegisterExtension
    static final PlayedScenario SUPPORT =
            PlayedScenario.of("support").withUsers(60).withSeed(7);

    @Test
    void everyFigureIsRight() {
        SUPPORT.assertAgrees();
        assertThat(SUPPORT.figures("ticket").count("entries"))
                .isEqualTo(SUPPORT.truth("ticket").count("entries"));
    }

    @Test
    void figuresCanBeAskedForByName() {
        JourneyFigures tickets = SUPPORT.figures("ticket");
        assertThat(tickets.count("entryUsers")).isBetween(50L, 60L);
        assertThat(tickets.count("call-back", "entryCount"))
                .isEqualTo(SUPPORT.figures("callback").count("entries"))
                .isPositive();
        assertThat(tickets.count("exitsByReason.bored")).isZero();
    }
}
