package io.milepost.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.Scenario.Faults;
import io.milepost.simulator.scenario.ScenarioException;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.JourneyMigrated;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEventType;
import io.milepost.transport.CloudEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {

    private static final Instant END = Instant.parse("2026-03-29T12:00:00Z");

    private static World world(int users, long seed) {
        LoadedScenario demo = ScenarioReader.builtIn("demo");
        return new World(demo.with(demo.scenario().withUsers(users)), seed, END);
    }

    private static List<JourneyEvent> all(World world) {
        List<JourneyEvent> all = new ArrayList<>();
        world.run(all::addAll);
        return all;
    }

    private static String bytes(List<JourneyEvent> events) {
        return events.stream()
                .map(event -> new String(CloudEvents.encode(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(bytes(all(world(200, 7)))).isEqualTo(bytes(all(world(200, 7))));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() {
        for (String name : List.of("demo", "edge-cases", "win-back")) {
            LoadedScenario ready = ScenarioReader.builtIn(name);
            LoadedScenario some = ready.with(ready.scenario().withUsers(400));
            String alone = bytes(all(new World(some, 7, "", END, 1)));
            assertThat(bytes(all(new World(some, 7, "", END, 2)))).as(name).isEqualTo(alone);
            assertThat(bytes(all(new World(some, 7, "", END, 5)))).as(name).isEqualTo(alone);
        }
    }

    @Test
    void whatFailsOnAnotherThreadIsTold(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("round.bpmn"),
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
                  <process id="p" isExecutable="true">
                    <startEvent id="start"/>
                    <task id="again"/>
                    <sequenceFlow id="f1" sourceRef="start" targetRef="again"/>
                    <sequenceFlow id="f2" sourceRef="again" targetRef="again"/>
                  </process>
                </definitions>
                """);
        Files.writeString(
                folder.resolve("round.yaml"),
                """
                name: round
                title: Round and round
                zone: UTC
                users: 10
                weeks: 1
                population: {attributes: {}, platforms: {none: 1}}
                arrivals:
                  until: 1
                  hours: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
                  weekdays: [1, 1, 1, 1, 1, 1, 1]
                journeys: [{id: j, name: J, versions: [{version: 1, bpmn: round.bpmn}]}]
                """);
        World world = new World(ScenarioReader.file(folder.resolve("round.yaml")), 7, "", END, 3);
        assertThatThrownBy(() -> all(world))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("goes round without end by the node 'again'");
    }

    @Test
    void anotherSeedGivesAnotherWorld() {
        assertThat(bytes(world(1, 7).life(0))).isNotEqualTo(bytes(world(1, 8).life(0)));
    }

    @Test
    void oneMoreUserChangesNoOther() {
        World few = world(60, 7);
        World more = world(61, 7);
        for (int user = 0; user < 60; user++) {
            assertThat(bytes(more.life(user))).isEqualTo(bytes(few.life(user)));
        }
    }

    @Test
    void aLifeIsTheSameAloneAndAmongOthers() {
        World world = world(80, 11);
        Map<String, JourneyEvent> together = new HashMap<>();
        all(world).forEach(event -> together.put(event.id(), event));
        int alone = world.definitions().size();
        for (int user = 0; user < 80; user++) {
            for (JourneyEvent event : world.life(user)) {
                assertThat(together.get(event.id())).isEqualTo(event);
                alone++;
            }
        }
        assertThat(together).hasSize(alone);
    }

    @Test
    void everyEventHasAnIdOfItsOwn() {
        List<JourneyEvent> events = all(world(300, 3));
        assertThat(events.stream().map(JourneyEvent::id).distinct()).hasSize(events.size());
    }

    @Test
    void timePassesForwardsAndEndsBeforeTheEnd() {
        World world = world(150, 5);
        List<Instant> times = new ArrayList<>();
        world.run(events -> {
            if (events.get(0).type() != JourneyEventType.JOURNEY_DEFINED) {
                events.forEach(event -> times.add(event.time()));
            }
        });
        assertThat(times).isSorted();
        assertThat(times.get(0)).isAfterOrEqualTo(END.minus(Duration.ofDays(28)));
        assertThat(times.get(times.size() - 1)).isBefore(END);
    }

    @Test
    void theDemoHasEverythingThatCanHappen() {
        List<JourneyEvent> events = all(world(1500, 42));
        Set<JourneyEventType> types = EnumSet.noneOf(JourneyEventType.class);
        events.forEach(event -> types.add(event.type()));
        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(JourneyEventType.IMPORT_FINISHED)));
        assertThat(events.stream()
                        .filter(JourneyExited.class::isInstance)
                        .map(event -> ((JourneyExited) event).reason().wireName()))
                .contains("completed", "goal", "cancelled", "expired", "failed");
        assertThat(events.stream()
                        .filter(JourneyEntered.class::isInstance)
                        .map(event -> String.valueOf(((JourneyEntered) event).variant())))
                .contains("A", "B", "null");
        assertThat(events).anyMatch(event -> event instanceof JourneyEntered entered && entered.test());
        assertThat(events).anyMatch(event -> event instanceof JourneyMigrated migrated && migrated.fromVersion() == 1);
        assertThat(visitsOfOneEntry(events, "email")).anyMatch(count -> count > 1);
    }

    private static List<Long> visitsOfOneEntry(List<JourneyEvent> events, String node) {
        return List.copyOf(events.stream()
                .filter(NodeEntered.class::isInstance)
                .map(NodeEntered.class::cast)
                .filter(entered -> entered.visit().nodeId().equals(node))
                .collect(Collectors.groupingBy(entered -> entered.entry().entryId(), Collectors.counting()))
                .values());
    }

    @Test
    void everyReadyScenarioGivesEachEventAnIdAndTheSameBytesAgain() {
        for (String name : ScenarioReader.builtIns()) {
            LoadedScenario ready = ScenarioReader.builtIn(name);
            LoadedScenario few = ready.with(ready.scenario().withUsers(120));
            List<JourneyEvent> events = all(new World(few, 9, END));
            assertThat(events).as(name).hasSizeGreaterThan(500);
            assertThat(events.stream().map(JourneyEvent::id).distinct())
                    .as(name)
                    .hasSize(events.size());
            assertThat(bytes(all(new World(few, 9, END)))).as(name).isEqualTo(bytes(events));
        }
    }

    @Test
    void whatIsLostAtTheSourceIsMissingEverywhereAlike() {
        LoadedScenario demo = ScenarioReader.builtIn("demo");
        Faults lossy = Faults.of(0, 0, 0, Duration.ZERO, 0.2);
        World lost = new World(demo.with(demo.scenario().withUsers(100).withFaults(lossy)), 7, END);
        List<JourneyEvent> together = all(lost);
        int alone = lost.definitions().size();
        for (int user = 0; user < 100; user++) {
            alone += lost.life(user).size();
        }
        assertThat(together).hasSize(alone);
        assertThat((double) alone)
                .isBetween(
                        0.75 * all(world(100, 7)).size(),
                        0.85 * all(world(100, 7)).size());
    }
}
