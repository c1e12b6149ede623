package io.milepost.operaton;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.engines.AnalyticsServer;
import io.milepost.operaton.example.Onboarding;
import io.milepost.spi.JourneyEvent;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleIT {
    @Test
    void tellsItsJourneyWhileItRuns(@TempDir Path folder) throws Exception {
        try (AnalyticsServer analytics = new AnalyticsServer()) {
            Onboarding.main(new String[] {analytics.address(), "6", folder.toString()});
            assertThat(analytics.events().values().stream()
                            .map(event -> event.type().wireName())
                            .collect(Collectors.toSet()))
                    .contains(
                            "journey.defined",
                            "journey.entered",
                            "journey.node.entered",
                            "journey.node.exited",
                            "journey.message.sent",
                            "journey.message.engaged",
                            "user.acted");
            assertThat(analytics.events().values().stream().filter(JourneyEvent.MessageSent.class::isInstance))
                    .extracting(event ->
                            ((JourneyEvent.MessageSent) event).message().channel())
                    .contains("push");
        }
    }
}
