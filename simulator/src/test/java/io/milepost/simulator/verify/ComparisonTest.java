package io.milepost.simulator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> differences(String expected, String got) {
        Comparison comparison = new Comparison("summary", "cohort");
        comparison.tree(json(expected), json(got), "");
        return comparison.differences().stream().map(Difference::toString).toList();
    }

    @Test
    void findsAFigureOffByOne() {
        assertThat(differences("{'entries': 10}", "{'entries': 11}"))
                .containsExactly("summary [cohort] entries: expected 10, got 11");
    }

    @Test
    void findsAMeasureThatIsMissing() {
        assertThat(differences("{'entries': 0}", "{}"))
                .containsExactly("summary [cohort] entries: expected 0, got absent");
    }

    @Test
    void minds1PercentOfAPercentileAndNothingOfTheRest() {
        assertThat(differences("{'p50': 1000, 'max': 1000}", "{'p50': 1010, 'max': 1000}"))
                .isEmpty();
        assertThat(differences("{'p50': 1000, 'max': 1000}", "{'p50': 1011, 'max': 1001}"))
                .hasSize(2);
    }

    @Test
    void findsAKeyTooManyInAMapAndLetsOtherFieldsBe() {
        assertThat(differences(
                        "{'exitsByReason': {'goal': 1}}",
                        "{'freshness': {}, 'exitsByReason': {'goal': 1, 'failed': 2}}"))
                .containsExactly("summary [cohort] exitsByReason.failed: expected absent, got 2");
    }

    @Test
    void comparesMoneyAsItIsWritten() {
        assertThat(differences("{'goalValue': {'EUR': '12.5'}}", "{'goalValue': {'EUR': '12.50'}}"))
                .hasSize(1);
    }

    @Test
    void findsRowsByTheirKey() {
        Comparison comparison = new Comparison("nodes", "cohort");
        comparison.rows(
                json("[{'nodeId': 'a', 'entryCount': 1}, {'nodeId': 'b', 'entryCount': 2}]"),
                json("[{'nodeId': 'b', 'entryCount': 3}, {'nodeId': 'c', 'entryCount': 4}]"),
                row -> row.path("nodeId").asText());
        assertThat(comparison.differences().stream().map(Difference::measure))
                .containsExactly("a:", "b: entryCount", "c");
    }
}
