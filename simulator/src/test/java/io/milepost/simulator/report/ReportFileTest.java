package io.milepost.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Evidence;
import io.milepost.simulator.verify.Verdict;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Edge;
import io.milepost.spi.JourneyDefinition.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    private static final Verdict DIFFERS = new Verdict(
            3,
            40,
            List.of(new Difference(
                    "summary",
                    "cohort, a < b",
                    "entries",
                    "4",
                    "5",
                    "1 row too many",
                    List.of(new Evidence("ann", "ann, entry e1", false, List.of("ev1", "ev2"))))),
            List.of("audit: not offered"));

    private static final JourneyPage PAGE = new JourneyPage(
            "A < B",
            List.of(new JourneyDefinition(
                    "j",
                    1,
                    "A < B",
                    List.of(new Node("a", "First", "trigger", null), new Node("b", null, "exit", null)),
                    List.of(new Edge("f", "a", "b", null)),
                    List.of(),
                    null,
                    List.of(),
                    null,
                    null,
                    null)),
            json("{'entries': 4}"),
            json("{'entries': 5}"),
            json("[{'nodeId': 'a', 'entryCount': 4}, {'nodeId': 'b', 'entryCount': 3}]"),
            json("[{'nodeId': 'a', 'entryCount': 5}, {'nodeId': 'b', 'entryCount': 3}]"),
            json("[{'from': 'a', 'to': 'b', 'count': 3, 'users': 2}]"));

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @TempDir
    private Path folder = Path.of("");

    private String written(String name) throws IOException {
        new ReportFile(folder.resolve(name)).write("demo", DIFFERS, () -> List.of(PAGE));
        return Files.readString(folder.resolve(name));
    }

    @Test
    void writesJson() throws IOException {
        JsonNode json = new JsonMapper().readTree(written("report.json"));
        assertThat(json.path("agrees").asBoolean()).isFalse();
        assertThat(json.path("figures").asLong()).isEqualTo(40);
        assertThat(json.path("differences").get(0).path("got").asText()).isEqualTo("5");
        assertThat(json.path("differences").get(0).path("evidence").toString())
                .isEqualTo("[{\"user\":\"ann\",\"row\":\"ann, entry e1\",\"missing\":false,"
                        + "\"events\":[\"ev1\",\"ev2\"]}]");
        assertThat(json.path("notes").get(0).asText()).isEqualTo("audit: not offered");
    }

    /** Two nodes, one of which has a visit too many, and the way between them; nothing from elsewhere. */
    @Test
    void writesAPageWithPictures() throws IOException {
        String page = written("report.html");
        assertThat(page)
                .contains("<svg ", "A &lt; B", "<title>a → b: 3 times, 2 users</title>")
                .contains("class=\"node trigger wrong\"", "class=\"node exit\"")
                .contains("<tr class=\"wrong\"><td>entries</td><td class=\"number\">5</td><td class=\"number\">4</td>")
                .contains("too many: ann, entry e1 (events ev1, ev2)")
                .doesNotContain("http", "<script", "A < B");
    }

    @Test
    void writesCsv() throws IOException {
        assertThat(written("report.csv"))
                .isEqualTo("figures,scope,measure,expected,got,because,evidence\r\n"
                        + "summary,\"cohort, a < b\",entries,4,5,1 row too many,"
                        + "\"too many: ann, entry e1 (events ev1, ev2)\"\r\n");
    }

    @Test
    void writesAFailedTestForEachDifference() throws IOException {
        assertThat(written("report.xml"))
                .contains("tests=\"2\" failures=\"1\"")
                .contains("<failure message=\"summary [cohort, a &lt; b] entries: expected 4, got 5\"");
    }

    @Test
    void refusesOtherNames() {
        assertThatThrownBy(() -> new ReportFile(Path.of("report.pdf"))).hasMessageContaining("not report.pdf");
    }
}
