package io.milepost.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.Expectation;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.spi.EventSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private CsvLog csv(String text) throws IOException {
        return new CsvLog(file("log.csv", text), new CsvLog.Columns("case", "step", "at", "who", null, null), ',', UTC);
    }

    private static Expectation figures(List<LogRow> rows) {
        LogJourney journey = new LogJourney(new EventSource("/log"), "log", rows);
        Scope all = Scope.all("log", Instant.parse("2027-01-01T00:00:00Z"));
        Truth truth = new Truth(List.of(journey.definition()), List.of(all));
        journey.lives().values().forEach(truth::add);
        return truth.of(all);
    }

    private static JsonNode node(Expectation figures, String id) {
        for (JsonNode node : figures.nodes()) {
            if (node.path("nodeId").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no node " + id);
    }

    @Test
    void aRowLastsUntilTheNextOneOfItsCase() throws IOException {
        // s1 of ann: home 10 s, cart 5 s, home 0 s. s2 of ann: home 0 s. Two entries of one user, three visits at home.
        Expectation figures = figures(
                csv("""
                        case,step,at,who
                        s1,home,2026-03-01 10:00:00,ann
                        s2,home,2026-03-02 10:00:00,ann
                        s1,"cart",2026-03-01T10:00:10Z,ann
                        s1,home,2026-03-01T12:00:15+02:00,ann
                        """)
                        .read());
        assertThat(figures.summary().path("entries").asLong()).isEqualTo(2);
        assertThat(figures.summary().path("entryUsers").asLong()).isEqualTo(1);
        assertThat(node(figures, "home").path("entryCount").asLong()).isEqualTo(3);
        assertThat(node(figures, "home").path("duration").path("max").asLong()).isEqualTo(10_000);
        assertThat(node(figures, "home").path("exitCount").asLong()).isEqualTo(2);
        assertThat(node(figures, "cart").path("duration").path("min").asLong()).isEqualTo(5_000);
        assertThat(figures.transitions().toString())
                .contains("{\"from\":\"cart\",\"to\":\"home\",\"edgeId\":null,\"count\":1,\"users\":1}")
                .contains("{\"from\":null,\"to\":\"home\",\"edgeId\":null,\"count\":2,\"users\":1}");
    }

    @Test
    void countsTheSameStraightFromTheRows() throws IOException {
        LogCount count = new LogCount(csv("case,step,at,who\nc,a,2026-03-01,u\nc,b,2026-03-02,u\nd,a,2026-03-01,u\n")
                .read());
        assertThat(count.cases()).isEqualTo(2);
        // a of c lasts a day; b of c and a of d are the last of their cases.
        assertThat(count.durations()).isEqualTo(Map.of("a", List.of(0.0, 86_400_000.0), "b", List.of(0.0)));
        assertThat(count.users()).isEqualTo(1);
        assertThat(count.starts()).isEqualTo(Map.of("a", 2L));
        assertThat(count.ends()).isEqualTo(Map.of("a", 1L, "b", 1L));
        assertThat(count.follows()).isEqualTo(Map.of("a", Map.of("b", 1L)));
    }

    @Test
    void namesTheRowAndColumnThatCannotBeRead() {
        assertThatThrownBy(() -> csv("case,step,at,who\nc,a,yesterday,u\n").read())
                .isInstanceOf(LogException.class)
                .hasMessageContaining("log.csv: row 1: 'yesterday' is no time");
        assertThatThrownBy(() -> csv("case,step,at\nc,a,2026-03-01\n").read())
                .hasMessageContaining("has no column 'who'; it has [case, step, at]");
        assertThatThrownBy(() -> csv("case,step,at,who\nc,,2026-03-01,u\n").read())
                .hasMessageContaining("row 1: the column 'step' is empty");
    }

    private static final String XES =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
              <global scope="event"><string key="concept:name" value="?"/></global>
              <trace>
                <string key="concept:name" value="7"/>
                <string key="customer" value="ann"/>
                <event>
                  <string key="concept:name" value="check"/>
                  <string key="lifecycle:transition" value="start"/>
                  <date key="time:timestamp" value="2026-03-01T10:00:00.000+01:00"/>
                </event>
                <event>
                  <string key="concept:name" value="check"/>
                  <string key="lifecycle:transition" value="complete"/>
                  <date key="time:timestamp" value="2026-03-01T10:00:30.500+01:00"/>
                </event>
              </trace>
            </log>
            """;

    @Test
    void readsXesPackedOrNot() throws IOException {
        Path plain = file("log.xes", XES);
        Path packed = folder.resolve("packed.xes.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(XES.getBytes(StandardCharsets.UTF_8));
        }
        List<LogRow> rows = new XesLog(plain, "customer", UTC).read();
        assertThat(rows).hasSize(2).isEqualTo(new XesLog(packed, "customer", UTC).read());
        assertThat(rows.get(0).userId()).isEqualTo("ann");
        Expectation figures = figures(rows);
        assertThat(node(figures, "check").path("duration").path("mean").asDouble())
                .isEqualTo(30_500);
        assertThat(node(figures, "check").path("entryCount").asLong()).isEqualTo(1);
    }

    @Test
    void refusesMalformedXesWithThePlace() throws IOException {
        Path broken = file("broken.xes", XES.replace("</trace>", ""));
        assertThatThrownBy(() -> new XesLog(broken, null, UTC).read())
                .isInstanceOf(LogException.class)
                .hasMessageMatching("(?s).*broken.xes:\\d+:\\d+: is no XES.*");
        Path other = file("other.xes", "<html></html>");
        assertThatThrownBy(() -> new XesLog(other, null, UTC).read()).hasMessageContaining("its root is <html>");
        Path timeless = file("timeless.xes", XES.replaceFirst("<date [^>]*>", ""));
        assertThatThrownBy(() -> new XesLog(timeless, null, UTC).read())
                .hasMessageContaining("the event has no time:timestamp");
    }

    @Test
    void readsEventsAsTheyWereGenerated() throws IOException {
        String told =
                """
                {"specversion":"1.0","id":"1","source":"/e","type":"journey.entered","time":"2026-03-01T00:00:00Z","data":{"journeyId":"j","version":1,"entryId":"e","userId":"u"}}
                {"specversion":"1.0","id":"2","source":"/e","type":"journey.message.sent","time":"2026-03-01T00:00:01Z","data":{"journeyId":"j","version":1,"entryId":"e","userId":"other","nodeId":"n","messageId":"m","channel":"sms"}}
                {"specversion":"1.0","id":"3","source":"/e","type":"journey.message.engaged","time":"2026-03-01T00:00:02Z","data":{"messageId":"m","kind":"clicked"}}
                {"specversion":"1.0","id":"3","source":"/e","type":"journey.message.engaged","time":"2026-03-01T00:00:02Z","data":{"messageId":"m","kind":"clicked"}}
                """;
        EventLog.Told read = new EventLog(file("log.ndjson", told)).read();
        assertThat(read.lives()).containsOnlyKeys("u");
        assertThat(read.lives().get("u")).hasSize(3);
        assertThatThrownBy(() -> new EventLog(file("bad.ndjson", told + "{}\n")).read())
                .hasMessageContaining("bad.ndjson:5: is no event");
    }
}
