package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.measure.CellImports;
import io.milepost.analytics.measure.JourneyImports.Finished;
import io.milepost.analytics.measure.JourneyImports.InvalidRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImportsTest {

    private static String finished(String event, String time, String importId, String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + event
                + "\",\"source\":\"/test\",\"type\":\"journey.import.finished\",\"time\":\"" + time
                + "\",\"data\":{\"journeyId\":\"a\",\"importId\":\"" + importId + "\",\"connection\":\"sftp\"," + more
                + "}}";
    }

    private static final List<String> EVENTS = List.of(
            finished("e1", "2026-03-01T10:00:00Z", "i2", "\"file\":\"f.csv\",\"total\":3,\"valid\":3,\"invalid\":0"),
            finished(
                    "e2",
                    "2026-03-01T11:00:00Z",
                    "i2",
                    "\"file\":\"f.csv\",\"total\":3,\"valid\":1,\"invalid\":2,\"errors\":[{\"row\":2,\"reason\":\"empty\"},"
                            + "{\"row\":3,\"reason\":\"invalid-mail\"}]"),
            finished(
                    "e3",
                    "2026-03-01T11:00:00Z",
                    "i1",
                    "\"total\":0,\"valid\":0,\"invalid\":0,\"connectionError\":\"timeout\""));

    private static final Instant ELEVEN = Instant.parse("2026-03-01T11:00:00Z");

    @Test
    void theLatestEventAboutAnImportCountsInWhateverOrderTheyCome() {
        for (long seed = 1; seed <= 6; seed++) {
            List<String> shuffled = new ArrayList<>(EVENTS);
            Collections.shuffle(shuffled, new Random(seed));
            CellSubject subject = new CellSubject();
            shuffled.forEach(event -> subject.feed(List.of(event)));
            if (seed % 2 == 0) {
                subject.restart();
            }

            assertThat(new CellImports(subject.projection()).imports("a", null, null))
                    .as("seed %d", seed)
                    .containsExactly(
                            new Finished("i1", ELEVEN, "sftp", "timeout", null, 0, 0, 0, List.of()),
                            new Finished(
                                    "i2",
                                    ELEVEN,
                                    "sftp",
                                    null,
                                    "f.csv",
                                    3,
                                    1,
                                    2,
                                    List.of(new InvalidRow(2, "empty"), new InvalidRow(3, "invalid-mail"))));
        }
    }

    @Test
    void theRangeTakesItsBeginAndLeavesItsEnd() {
        CellSubject subject = new CellSubject();
        subject.feed(EVENTS);
        CellImports imports = new CellImports(subject.projection());

        assertThat(imports.imports("a", ELEVEN, null)).hasSize(2);
        assertThat(imports.imports("a", null, ELEVEN)).isEmpty();
        assertThat(imports.imports("nobody", null, null)).isEmpty();
    }
}
