package io.milepost.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Evidence;
import io.milepost.simulator.verify.Verdict;
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

    @TempDir
    private Path folder = Path.of("");

    private String written(String name) throws IOException {
        new ReportFile(folder.resolve(name)).write("demo", DIFFERS);
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
