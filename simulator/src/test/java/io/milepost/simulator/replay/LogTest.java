package io.milepost.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.simulator.truth.Expectation;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.spi.EventSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
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
        return csv(file("log.csv", text), ',', StandardCharsets.UTF_8, new Times(UTC));
    }

    private static CsvLog csv(Path file, char separator, Charset charset, Times times) {
        return new CsvLog(file, new CsvLog.Columns("case", "step", "at", "who", null, null), separator, charset, times);
    }

    private static CsvLog phased(Path file) {
        return new CsvLog(
                file,
                new CsvLog.Columns("case", "step", "at", null, null, "phase"),
                ',',
                StandardCharsets.UTF_8,
                new Times(UTC));
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
        List<LogRow> rows = new XesLog(plain, "customer", new Times(UTC)).read();
        assertThat(rows).hasSize(2).isEqualTo(new XesLog(packed, "customer", new Times(UTC)).read());
        assertThat(rows.get(0).userId()).isEqualTo("ann");
        Expectation figures = figures(rows);
        assertThat(node(figures, "check").path("duration").path("mean").asDouble())
                .isEqualTo(30_500);
        assertThat(node(figures, "check").path("entryCount").asLong()).isEqualTo(1);
    }

    @Test
    void refusesMalformedXesWithThePlace() throws IOException {
        Path broken = file("broken.xes", XES.replace("</trace>", ""));
        assertThatThrownBy(() -> new XesLog(broken, null, new Times(UTC)).read())
                .isInstanceOf(LogException.class)
                .hasMessageMatching("(?s).*broken.xes:\\d+:\\d+: is no XES.*");
        Path other = file("other.xes", "<html></html>");
        assertThatThrownBy(() -> new XesLog(other, null, new Times(UTC)).read())
                .hasMessageContaining("its root is <html>");
        Path timeless = file("timeless.xes", XES.replaceFirst("<date [^>]*>", ""));
        assertThatThrownBy(() -> new XesLog(timeless, null, new Times(UTC)).read())
                .hasMessageContaining("the event has no time:timestamp");
    }

    @Test
    void readsCellsOverSeveralLinesAMarkOtherSeparatorsAndOffsets() throws IOException {
        List<LogRow> rows = csv(
                        file(
                                "odd.csv",
                                "\ufeffcase;step;at;who;\r\n"
                                        + "c;\"a \"\"b\"\"\r\nc\";2026-03-01 10:00:00.5 +0100;u;x\r\n"
                                        + "\r\n"
                                        + "c;d;2026-03-01T09:00:01Z;u\r\n"),
                        ';',
                        StandardCharsets.UTF_8,
                        new Times(UTC))
                .read();
        assertThat(rows).extracting(LogRow::activity).containsExactly("a \"b\" c", "d");
        assertThat(rows)
                .extracting(LogRow::time)
                .containsExactly(Instant.parse("2026-03-01T09:00:00.500Z"), Instant.parse("2026-03-01T09:00:01Z"));
    }

    @Test
    void readsOtherCharsetsWhereToldAndRefusesThemOtherwise() throws IOException {
        Charset windows = Charset.forName("windows-1252");
        Path file = folder.resolve("old.csv");
        Files.write(file, "case,step,at,who\nc,pr\u00fcfen \u20ac,01.03.2026 10:00,u\n".getBytes(windows));
        Times german = Times.written("dd.MM.yyyy HH:mm", ZoneId.of("Europe/Berlin"));
        LogRow row = csv(file, ',', windows, german).read().get(0);
        assertThat(row.activity()).isEqualTo("pr\u00fcfen \u20ac");
        assertThat(row.time()).isEqualTo(Instant.parse("2026-03-01T09:00:00Z"));
        assertThatThrownBy(() -> csv(file, ',', StandardCharsets.UTF_8, german).read())
                .isInstanceOf(LogException.class)
                .hasMessage(file + ": is not written in UTF-8; say in what, e.g. --charset windows-1252");
        assertThatThrownBy(() -> csv(file, ',', windows, new Times(UTC)).read())
                .hasMessageContaining("'01.03.2026 10:00' is no time; expected is ISO 8601, or say how it is written,"
                        + " e.g. --time-format 'dd.MM.yyyy HH:mm'");
    }

    @Test
    void saysWhatToDoAboutAFileThatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> csv("case;step;at;who\nc;a;2026-03-01;u\n").read())
                .hasMessageEndingWith("has no column 'case'; it has [case;step;at;who]; is the separator another? Say"
                        + " --separator ';'");
        assertThatThrownBy(
                        () -> csv("case,step,at,who,who\nc,a,2026-03-01,u,v\n").read())
                .hasMessageEndingWith("has several columns 'who'; give them names of their own");
        assertThatThrownBy(() -> csv("case,step,at,who\nc,\"a,2026-03-01,u\n").read())
                .isInstanceOf(LogException.class)
                .hasMessageContaining("is no CSV");
        assertThatThrownBy(() -> csv("case,step,at,who\n" + "c".repeat(201) + ",a,2026-03-01,u\n")
                        .read())
                .hasMessageEndingWith("row 1: the case has more than 200 characters, too many for an id; take another"
                        + " column, or shorten it");
        Path cut = folder.resolve("cut.csv.gz");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("case,step,at,who\nc,a,2026-03-01,u\n".repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(cut, Arrays.copyOf(packed.toByteArray(), packed.size() - 12));
        assertThatThrownBy(() ->
                        csv(cut, ',', StandardCharsets.UTF_8, new Times(UTC)).read())
                .hasMessage(cut + ": is packed with gzip, and broken or cut off; get it once more");
        assertThatThrownBy(() -> new EventLog(file("empty.ndjson", "\n")).read())
                .hasMessageEndingWith("tells of nobody; expected are CloudEvents, one a line");
    }

    @Test
    void readsTimesCountedFrom1970() throws IOException {
        Path file = file("counted.csv", "case,step,at,who\nc,a,1767225600.25,u\nd,b,1767225600250,u\n");
        assertThatThrownBy(() ->
                        csv(file, ',', StandardCharsets.UTF_8, new Times(UTC)).read())
                .hasMessageEndingWith("or seconds or millis since 1970");
        Instant quarter = Instant.parse("2026-01-01T00:00:00.250Z");
        assertThat(Times.written("seconds", UTC).read("1767225600.25")).isEqualTo(quarter);
        assertThat(Times.written("millis", UTC).read("1767225600250")).isEqualTo(quarter);
        assertThatThrownBy(() -> Times.written("millis", UTC).read("2026-01-01"))
                .isInstanceOf(DateTimeException.class);
    }

    /** As programs for tables leave them behind. */
    @Test
    void leavesOutRowsOfBlanks() throws IOException {
        assertThat(csv("case,step,at,who\n   \nc,a,2026-03-01,u\n,,,\n, ,,\n").read())
                .hasSize(1);
    }

    @Test
    void saysThatAPackedXesIsCutOff() throws IOException {
        Path cut = folder.resolve("cut.xes.gz");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(XES.getBytes(StandardCharsets.UTF_8));
        }
        for (int length : new int[] {40, packed.size() / 2, packed.size() - 20}) {
            Files.write(cut, Arrays.copyOf(packed.toByteArray(), length));
            assertThatThrownBy(() -> new XesLog(cut, null, new Times(UTC)).read())
                    .hasMessage(cut + ": is packed with gzip, and broken or cut off; get it once more");
        }
    }

    /** From 0.9999 ms to 2 ms: 1.0001 ms, though the clock shows two milliseconds. */
    @Test
    void countsPartsOfAMillisecond() throws IOException {
        List<LogRow> rows =
                csv("case,step,at,who\nc,a,2026-03-01T00:00:00.0009999Z,u\nc,b,2026-03-01T00:00:00.002Z,u\n")
                        .read();
        assertThat(node(figures(rows), "a").path("duration").path("max").asDouble())
                .isEqualTo(1.0001);
        assertThat(new LogCount(rows).durations()).containsEntry("a", List.of(1.0001));
    }

    /** Some activities tell both ends, others one: an end without a start is a visit of no time. */
    @Test
    void countsEndsWithoutAStartAndLeavesOutWhatIsInBetween() throws IOException {
        List<LogRow> rows = phased(
                        file(
                                "ends.csv",
                                """
                        case,step,at,phase
                        c,order,2026-03-01T10:00:00Z,complete
                        c,check,2026-03-01T10:00:01Z,schedule
                        c,check,2026-03-01T10:00:02Z,start
                        c,check,2026-03-01T10:00:04Z,suspend
                        c,check,2026-03-01T10:00:09Z,COMPLETE
                        c,check,2026-03-01T10:00:10Z,complete
                        c,pay,2026-03-01T10:00:10Z,
                        """))
                .read();
        LogCount count = new LogCount(rows);
        assertThat(count.activities()).isEqualTo(Map.of("order", 1L, "check", 2L, "pay", 1L));
        assertThat(count.durations())
                .isEqualTo(Map.of("order", List.of(0.0), "check", List.of(0.0, 7000.0), "pay", List.of(0.0)));
        assertThat(count.follows())
                .isEqualTo(Map.of("order", Map.of("check", 1L), "check", Map.of("check", 1L, "pay", 1L)));
        Expectation figures = figures(rows);
        assertThat(node(figures, "check").path("entryCount").asLong()).isEqualTo(2);
        assertThat(node(figures, "check").path("duration").path("max").asLong()).isEqualTo(7_000);
        assertThat(node(figures, "pay").path("exitCount").asLong()).isEqualTo(1);
    }

    @Test
    void readsXesWithoutLifecyclesWithNestedListsAndCasesWithoutNames() throws IOException {
        List<LogRow> rows = new XesLog(
                        file(
                                "bare.xes",
                                """
                                <log><trace><list key="items"><values><string key="concept:name" value="inner"/></values></list>
                                <event><string key="concept:name" value="a"><string key="time:timestamp" value="inner"/></string>
                                <date key="time:timestamp" value="2026-03-01T10:00:00+01:00"/></event>
                                <event><string key="concept:name" value="b"/><date key="time:timestamp" value="2026-03-01T10:00:00+01:00"/>
                                <string key="lifecycle:transition" value="complete"/></event>
                                </trace><trace/></log>
                                """),
                        null,
                        new Times(UTC))
                .read();
        Instant ten = Instant.parse("2026-03-01T09:00:00Z");
        assertThat(rows)
                .containsExactly(
                        new LogRow("case-1", "case-1", "a", ten, null, null),
                        new LogRow("case-1", "case-1", "b", ten, null, LogRow.Phase.COMPLETE));
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
