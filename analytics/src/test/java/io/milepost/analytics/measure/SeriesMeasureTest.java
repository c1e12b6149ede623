package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesMeasureTest {

    private static final JourneySummary SUMMARY = new JourneySummary(
            94,
            90,
            10,
            50,
            Map.of("completed", 59L),
            57,
            32,
            33,
            41,
            Rate.of(32, 94),
            5,
            40,
            52,
            Map.of("EUR", "59.4"),
            71,
            84,
            25,
            Map.of("push", new ChannelFigures(84, 25)),
            Map.of("EUR", "20.5962"),
            Map.of("capped", 2L));

    private static final NodeFigures NODE = node(Map.of(
            "yes", new OutcomeCount(30, 29), "a.b", new OutcomeCount(3, 2), "yes.count", new OutcomeCount(1, 1)));

    @ParameterizedTest
    @CsvSource({
        "entries, 94",
        "conversionRate.numerator, 32",
        "exitsByReason.completed, 59",
        "exitsByReason.expired, 0",
        "channels.push.failed, 25",
        "channels.email.sent, 0",
        "channels.t.co.sent, 0",
        "trafficCost.EUR, 20.5962",
        "trafficCost.USD, 0",
        "rejectedEntries.capped, 2"
    })
    void leadsToAFigureOfTheJourney(String path, String figure) {
        assertThat(SeriesMeasure.ofJourney(path).of(SUMMARY)).hasToString(figure);
    }

    @ParameterizedTest
    @CsvSource({
        "entryCount, 7",
        "outcomes.yes.count, 30",
        "outcomes.a.b.users, 2",
        "outcomes.a.b, 'OutcomeCount[count=3, users=2]'",
        "outcomes.no.users, 0",
        "engagements.clicked.machine, 2",
        "platforms.android.engagements.clicked.count, 12",
        "platforms.ios.engagements.clicked.count, 0",
        "platforms.ios.sentCount, 0",
        "duration.count, 0"
    })
    void leadsToAFigureOfANode(String path, String figure) {
        assertThat(SeriesMeasure.ofNode(path, "push").of(List.of(NODE))).hasToString(figure);
    }

    @Test
    void hasNoValueWhereThereIsNothingToSpeakOf() {
        assertThat(SeriesMeasure.ofNode("duration.p95", "push").of(List.of(NODE)))
                .isNull();
        assertThat(SeriesMeasure.ofNode("completionRate.value", "push").of(List.of(NODE)))
                .isNull();
    }

    @Test
    void showsNothingOfANodeThatHasNoFigures() {
        assertThat(SeriesMeasure.ofNode("entryCount", "gone").of(List.of(NODE))).isEqualTo(0L);
        assertThat(SeriesMeasure.ofNode("completionRate", "gone").of(List.of(NODE)))
                .isEqualTo(new Rate(null, 0, 0));
        assertThat(SeriesMeasure.ofNode("duration", "gone").of(List.of(NODE))).isEqualTo(Durations.NONE);
        assertThat(SeriesMeasure.ofNode("engagements", "gone").of(List.of(NODE)))
                .isEqualTo(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "visitors, is not one of entries",
        "'', is not one of entries",
        ".entries, is not one of entries",
        "entries.value, leads nowhere",
        "entries., leads nowhere",
        "conversionRate.percent, 'is not one of value, numerator, denominator'",
        "conversionRate., 'is not one of value, numerator, denominator'",
        "exitsByReason., a key is missing",
        "channels.push.delivered, 'is not one of sent, failed'",
        "channels.push.sent.users, 'is not one of sent, failed'",
        "entryCount, is not one of entries"
    })
    void refusesPathsThatLeadNowhere(String path, String reason) {
        assertThatThrownBy(() -> SeriesMeasure.ofJourney(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "engagements.clicked.user, 'is not one of count, users, machine'",
        "platforms.ios.engagements.clicked.sum, 'is not one of count, users, machine'",
        "platforms.ios.sent, is not one of sentCount"
    })
    void refusesPathsThatLeadNowhereInANode(String path, String reason) {
        assertThatThrownBy(() -> SeriesMeasure.ofNode(path, "push"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static NodeFigures node(Map<String, OutcomeCount> outcomes) {
        Map<String, Engagement> engagements = Map.of("clicked", new Engagement(12, 11, 2));
        return new NodeFigures(
                "push",
                null,
                "send",
                "push",
                7,
                6,
                0,
                7,
                0,
                0,
                Rate.of(0, 0),
                6,
                0,
                Rate.of(0, 6),
                40,
                2,
                38,
                2,
                engagements,
                Rate.of(11, 38),
                outcomes,
                Durations.NONE,
                Map.of("android", new PlatformFigures(40, 2, 38, 2, engagements)));
    }
}
