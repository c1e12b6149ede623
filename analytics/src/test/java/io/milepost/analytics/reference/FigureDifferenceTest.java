package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureDifferenceTest {

    private static List<String> differences(String expected, String got) {
        return FigureDifference.between(Json.parse(expected.replace('\'', '"')), Json.parse(got.replace('\'', '"')))
                .stream()
                .map(FigureDifference::toString)
                .toList();
    }

    @Test
    void comparesCountsExactlyAndFractionsToRounding() {
        assertThat(differences("{'entries': 1000000000000}", "{'entries': 1000000000001}"))
                .containsExactly("entries: expected 1000000000000, got 1000000000001");
        assertThat(differences("{'value': 66.66666666666667}", "{'value': 66.6666666666667}"))
                .isEmpty();
        assertThat(differences("{'value': 66.6667}", "{'value': 66.6666}")).hasSize(1);
        assertThat(differences("{'mean': 5.0}", "{'mean': 5}")).isEmpty();
    }

    @Test
    void allowsAPercentileOnePercentAndAMaximumNone() {
        assertThat(differences("{'duration': {'p50': 100, 'max': 200}}", "{'duration': {'p50': 101, 'max': 200}}"))
                .isEmpty();
        assertThat(differences("{'duration': {'p50': 100, 'max': 200}}", "{'duration': {'p50': 102, 'max': 201}}"))
                .containsExactly("duration.p50: expected 100, got 102", "duration.max: expected 200, got 201");
    }

    @Test
    void aSeriesOfDurationsHasPercentilesToo() {
        assertThat(differences(
                        "{'points': [{'start': 's', 'value': {'p99': 0.000002}}]}",
                        "{'points': [{'start': 's', 'value': {'p99': 1.99e-6}}]}"))
                .isEmpty();
    }

    @Test
    void matchesTransitionsByWhatTheyJoinInAnyOrder() {
        String expected =
                "{'transitions': [{'from': null, 'to': 'a', 'count': 1}, {'from': 'a', 'to': 'b', 'count': 2}]}";
        assertThat(
                        differences(
                                expected,
                                "{'transitions': [{'from': 'a', 'to': 'b', 'edgeId': null, 'count': 2}, {'to': 'a', 'count': 1}]}"))
                .isEmpty();
        assertThat(differences(expected, "{'transitions': [{'from': 'a', 'to': 'b', 'count': 2}]}"))
                .singleElement()
                .asString()
                .startsWith("transitions[null \"a\" null]: expected {");
    }

    @Test
    void aKeyOfAMapThatOneSideLacksIsADifferenceButANodeWithNothingToShowIsNot() {
        assertThat(differences("{'channels': {}}", "{'channels': {'push': {'sent': 1, 'failed': 0}}}"))
                .hasSize(1);
        assertThat(differences("{'nodes': []}", "{'nodes': [{'nodeId': 'a', 'entryCount': 0, 'outcomes': {}}]}"))
                .isEmpty();
        assertThat(differences("{'nodes': []}", "{'nodes': [{'nodeId': 'a', 'entryCount': 1}]}"))
                .hasSize(1);
    }
}
