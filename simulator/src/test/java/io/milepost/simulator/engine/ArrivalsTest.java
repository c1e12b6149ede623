package io.milepost.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.spi.JourneyEvent.ImportFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {

    private static final Instant END = Instant.parse("2026-03-29T12:00:00Z");
    private static final String BPMN = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"d\""
            + " targetNamespace=\"t\"><process id=\"p\"><startEvent id=\"s\"/></process></definitions>";

    @TempDir
    private Path folder = Path.of("");

    private World world(String arrivals) throws IOException {
        Files.writeString(folder.resolve("j.bpmn"), BPMN);
        Files.writeString(
                folder.resolve("j.yaml"),
                "name: arrivals\ntitle: A\nzone: America/New_York\nusers: 4000\nweeks: 4\n"
                        + "population: {attributes: {}, platforms: {none: 1}}\narrivals: " + arrivals
                        + "\njourneys: [{id: j, name: J, versions: [{version: 1, bpmn: j.bpmn}]}]\n");
        LoadedScenario loaded = ScenarioReader.file(folder.resolve("j.yaml"));
        return new World(loaded, 7, END);
    }

    private static List<Instant> times(World world) {
        List<Instant> times = new ArrayList<>();
        for (int user = 0; user < world.scenario().users(); user++) {
            times.add(world.life(user).get(0).time());
        }
        return times;
    }

    private static String evenly(String more) {
        return "{until: 1, hours: [1" + ", 1".repeat(23) + "], weekdays: [1" + ", 1".repeat(6) + "]" + more + "}";
    }

    /** Nine to eleven in the morning, twice as often on Mondays as on each of the two other days. */
    @Test
    void peopleComeByTheHoursAndDaysOfTheZone() throws IOException {
        ZoneId zone = ZoneId.of("America/New_York");
        List<Instant> times = times(world("{until: 1, hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1" + ", 0".repeat(13)
                + "], weekdays: [2, 1, 0, 0, 1, 0, 0]}"));
        assertThat(times)
                .allMatch(time ->
                        time.atZone(zone).getHour() == 9 || time.atZone(zone).getHour() == 10);
        long mondays = times.stream()
                .filter(time -> time.atZone(zone).getDayOfWeek() == DayOfWeek.MONDAY)
                .count();
        assertThat(mondays).isBetween(1900L, 2100L);
    }

    @Test
    void aShareComesInABurst() throws IOException {
        World world = world(evenly(", bursts: [{at: P2D, lasts: PT1H, share: 0.25}]"));
        Instant from = world.start().plus(Duration.ofDays(2));
        long within = times(world).stream()
                .filter(time -> !time.isBefore(from) && time.isBefore(from.plus(Duration.ofHours(1))))
                .count();
        assertThat(within).isBetween(920L, 1080L);
    }

    @Test
    void peopleComeAsOthersCameBefore() throws IOException {
        Files.writeString(folder.resolve("t.txt"), "2020-01-01T00:00:00Z\n# a pause\n2020-01-01T00:00:05Z\n");
        World world = world(evenly(", replays: t.txt"));
        assertThat(times(world).subList(0, 3))
                .containsExactly(world.start(), world.start().plusSeconds(5), world.start());
    }

    @Test
    void namesFileAndLineOfATimeThatIsNone() throws IOException {
        Files.writeString(folder.resolve("t.txt"), "2020-01-01T00:00:00Z\nnoon\n");
        assertThatThrownBy(() -> world(evenly(", replays: t.txt")))
                .hasMessage("t.txt:2: should be an instant such as 2026-03-01T10:00:00Z, not 'noon'");
        Files.writeString(folder.resolve("t.txt"), "2020-01-01T00:00:01Z\n2020-01-01T00:00:00Z\n");
        assertThatThrownBy(() -> world(evenly(", replays: t.txt"))).hasMessage("t.txt:2: times should ascend");
        assertThatThrownBy(() -> world(evenly(", bursts: [{at: P2D, lasts: PT1H, share: 1.5}]")))
                .hasMessageContaining("j.yaml:7: arrivals.bursts[0].share: should be above 0 and at most 1");
    }

    /** Rows that are valid and those that are not make the file; a lost connection reads nothing. */
    @Test
    void importsAddUp() {
        LoadedScenario ready = ScenarioReader.builtIn("win-back");
        World world = new World(ready, 7, END);
        assertThat(world.imports()).hasSize(17).allSatisfy(one -> {
            assertThat(one.report().total())
                    .isEqualTo(one.report().valid() + one.report().invalid());
            assertThat(one.report().errors()).hasSize((int) one.report().invalid());
            assertThat(one.report().connectionError() == null)
                    .isEqualTo(one.report().total() > 0);
        });
        List<ImportFinished> told = new ArrayList<>();
        new World(ready.with(ready.scenario().withUsers(20)), 7, END)
                .run(events -> events.forEach(event -> {
                    if (event instanceof ImportFinished one) {
                        told.add(one);
                    }
                }));
        assertThat(told).isEqualTo(world.imports());
    }

    /** In the ready scenario who went through the documents orders eight times as often. */
    @Test
    void oddsMayDependOnThePath() {
        LoadedScenario ready = ScenarioReader.builtIn("onboarding");
        World world = new World(ready.with(ready.scenario().withUsers(1500)), 7, END);
        int[] went = new int[2];
        int[] bought = new int[2];
        for (int user = 0; user < 1500; user++) {
            String life = world.life(user).toString();
            int through = life.contains("nodeId=documents") ? 1 : 0;
            went[through]++;
            bought[through] += life.contains("name=order") ? 1 : 0;
        }
        assertThat((double) bought[1] / went[1]).isBetween(0.25, 0.45);
        assertThat((double) bought[0] / went[0]).isLessThan(0.1);
    }
}
