package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.MessageRef;
import io.milepost.spi.VisitRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads like the README. */
class DeveloperExperienceIT {
    @Test
    void aFirstEntryReachesAnalytics(@TempDir Path folder) throws Exception {
        EventSource engine = new EventSource("/engines/acme/prod-1");

        try (Collector collector = new Collector();
                Transport analytics = Transport.to(collector.address())
                        .spool(folder.resolve("milepost-spool"))
                        .build()) {

            Instant now = Instant.parse("2026-03-01T12:00:00Z");
            EntryRef entry = new EntryRef("onboarding", 1, "entry-1", "ann");
            VisitRef welcome = new VisitRef("welcome-mail", "visit-1");

            analytics.emit(JourneyEventBatch.of(
                    engine.journeyEntered(now, entry.at(1)).withVariant("A"),
                    engine.nodeEntered(now, entry.at(2), welcome),
                    engine.messageSent(now, entry.at(3), new MessageRef("welcome-mail", "mail-1", "email")),
                    engine.nodeExited(now, entry.at(4), welcome),
                    engine.journeyExited(now, entry.at(5), ExitReason.COMPLETED)));

            assertThat(analytics.flush(Duration.ofSeconds(10))).isTrue();
            assertThat(analytics.delivery().delivered()).isEqualTo(5);
            assertThat(collector.ids)
                    .contains("journey.entered/onboarding/entry-1", "journey.node.entered/onboarding/entry-1/visit-1");
        }
    }
}
