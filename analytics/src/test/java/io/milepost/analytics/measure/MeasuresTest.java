package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuresTest {

    @Test
    void hasEveryMeasureOfAJourneyANodeAndAStage() {
        assertThat(Measures.JOURNEY.names())
                .containsExactly(
                        "entries",
                        "entryUsers",
                        "activeEntries",
                        "exits",
                        "exitsByReason",
                        "exitedUsers",
                        "convertedUsers",
                        "convertedEntries",
                        "conversionEvents",
                        "conversionRate",
                        "openEntries",
                        "goalPerformers",
                        "goalEvents",
                        "goalValue",
                        "activeUsers",
                        "messagesSent",
                        "messagesFailed",
                        "channels",
                        "trafficCost",
                        "rejectedEntries");
        assertThat(Measures.NODE.names())
                .containsExactly(
                        "entryCount",
                        "entryUserCount",
                        "completedCount",
                        "activeCount",
                        "exitCount",
                        "exitWithoutConversionCount",
                        "completionRate",
                        "waitingUserCount",
                        "droppedUserCount",
                        "dropOffRate",
                        "sentCount",
                        "failedCount",
                        "sentUserCount",
                        "failedUserCount",
                        "engagements",
                        "clickThroughRate",
                        "outcomes",
                        "duration",
                        "platforms");
        assertThat(Measures.STAGE.names())
                .containsExactly(
                        "enteredUsers",
                        "completedUsers",
                        "waitingUsers",
                        "droppedUsers",
                        "conversionRate",
                        "dropOffRate");
    }

    @Test
    void tellsOfEachWhatItMeans() {
        assertThat(Measures.all()).hasSize(20 + 19 + 6).allSatisfy(measure -> {
            assertThat(measure.title()).isNotBlank();
            assertThat(measure.definition()).endsWith(".");
            assertThat(measure.activity()).isNotBlank();
            assertThat(measure.breakDowns()).contains("version").doesNotHaveDuplicates();
        });
    }

    @Test
    void offersOnlyPathsThatASeriesTakes() {
        for (MeasureDescription measure : Measures.all()) {
            for (String path : measure.seriesPaths()) {
                String real = path.replaceAll("\\{(\\w+)}", "some-$1");
                SeriesMeasure series = measure.level() == MeasureDescription.Level.NODE
                        ? SeriesMeasure.ofNode(real, "n")
                        : SeriesMeasure.ofJourney(real);
                assertThat(series.path()).hasToString(real);
            }
        }
    }

    @Test
    void namesThePathsOfNestedFigures() {
        assertThat(Measures.all().stream()
                        .flatMap(measure -> measure.seriesPaths().stream())
                        .toList())
                .contains(
                        "conversionRate.value",
                        "exitsByReason.{reason}",
                        "channels.{channel}.sent",
                        "engagements.{kind}.users",
                        "duration.p95",
                        "platforms.{platform}.engagements.{kind}.count");
    }
}
