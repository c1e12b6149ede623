package io.milepost.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.scenario.ScenarioException;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit does not ask of the engine's tokens: small diagrams, and the one entry that goes through them. */
class TokensTest {

    private static final Instant END = Instant.parse("2026-03-29T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private List<JourneyEvent> life(String nodes, String bpmn) throws IOException {
        return life(
                "[{id: j, name: J, versions: [{version: 1, bpmn: j.bpmn, process: p, nodes: {" + nodes + "}}]}]",
                bpmn,
                0);
    }

    private List<JourneyEvent> life(String journeys, String bpmn, int user) throws IOException {
        Files.writeString(
                folder.resolve("j.bpmn"),
                "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"d\" targetNamespace=\"t\">\n"
                        + bpmn.replace('\'', '"') + "</definitions>\n");
        Files.writeString(
                folder.resolve("j.yaml"),
                "name: tokens\ntitle: T\nzone: UTC\nusers: 50\nweeks: 4\n"
                        + "population: {attributes: {}, platforms: {none: 1}}\n"
                        + "arrivals: {until: 0.1, hours: [1" + ", 1".repeat(23) + "], weekdays: [1" + ", 1".repeat(6)
                        + "]}\njourneys: " + journeys + "\n");
        return new World(ScenarioReader.file(folder.resolve("j.yaml")), 7, END).life(user);
    }

    private static String flow(String from, String to) {
        return "<sequenceFlow id='" + from + "-" + to + "' sourceRef='" + from + "' targetRef='" + to + "'/>\n";
    }

    private static List<String> entered(List<JourneyEvent> events) {
        return events.stream()
                .filter(NodeEntered.class::isInstance)
                .map(event -> ((NodeEntered) event).visit().nodeId())
                .toList();
    }

    private static List<String> cancelled(List<JourneyEvent> events) {
        return events.stream()
                .filter(event -> event instanceof NodeExited exited && exited.cancelled())
                .map(event -> ((NodeExited) event).visit().nodeId())
                .toList();
    }

    private static List<String> exits(List<JourneyEvent> events) {
        return events.stream()
                .filter(JourneyExited.class::isInstance)
                .map(event -> ((JourneyExited) event).reason().wireName() + " at " + ((JourneyExited) event).nodeId())
                .toList();
    }

    /** Two of three ways are taken, of different length; what follows the joining gateway comes once, after both. */
    @Test
    void anInclusiveGatewayWaitsForThoseThatCanStillCome() throws IOException {
        List<JourneyEvent> events = life(
                "or: {takes: {or-a: 1, or-b: 1, or-c: 0}}, b: {stays: PT5H}",
                "<process id='p'><startEvent id='s'/><inclusiveGateway id='or'/><task id='a'/><task id='b'/><task id='c'/>"
                        + "<inclusiveGateway id='join'/><endEvent id='e'/>" + flow("s", "or") + flow("or", "a")
                        + flow("or", "b") + flow("or", "c") + flow("a", "join") + flow("b", "join") + flow("c", "join")
                        + flow("join", "e") + "</process>");
        assertThat(entered(events)).containsExactly("s", "or", "a", "b", "join", "join", "e");
        assertThat(exits(events)).containsExactly("completed at e");
        Duration took = Duration.between(
                events.get(0).time(), events.get(events.size() - 1).time());
        assertThat(took).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void roundsHaveOneParentVisitAndSubProcessesAreOne() throws IOException {
        List<JourneyEvent> events = life(
                "each: {times: 3}",
                "<process id='p'><startEvent id='s'/><subProcess id='each'><multiInstanceLoopCharacteristics/>"
                        + "<startEvent id='in'/></subProcess><endEvent id='e'/>" + flow("s", "each")
                        + flow("each", "e") + "</process>");
        assertThat(entered(events)).containsExactly("s", "each", "each", "each", "in", "in", "in", "e");
        List<NodeEntered> rounds = new ArrayList<>();
        List<NodeEntered> inner = new ArrayList<>();
        for (JourneyEvent event : events) {
            if (event instanceof NodeEntered entered) {
                (entered.visit().nodeId().equals("each") ? rounds : inner).add(entered);
            }
        }
        assertThat(rounds).extracting(NodeEntered::parentVisitId).doesNotContainNull();
        assertThat(rounds.stream().map(NodeEntered::parentVisitId).distinct()).hasSize(1);
        assertThat(inner.stream()
                        .filter(entered -> entered.visit().nodeId().equals("in"))
                        .map(NodeEntered::parentVisitId))
                .containsExactlyElementsOf(rounds.stream()
                        .map(entered -> entered.visit().visitId())
                        .toList());
    }

    /** A reminder each hour while the wait of 150 minutes lasts: two come, the third no more. */
    @Test
    void aRepeatedTimerComesWhileItsActivityLasts() throws IOException {
        List<JourneyEvent> events = life(
                "ask: {stays: PT2H30M}",
                "<process id='p'><startEvent id='s'/><userTask id='ask'/><boundaryEvent id='due' attachedToRef='ask'"
                        + " cancelActivity='false'><timerEventDefinition><timeCycle>R/PT1H</timeCycle></timerEventDefinition>"
                        + "</boundaryEvent><task id='remind'/><endEvent id='e'/>" + flow("s", "ask") + flow("ask", "e")
                        + flow("due", "remind") + "</process>");
        assertThat(entered(events)).containsExactly("s", "ask", "due", "remind", "due", "remind", "e");
        assertThat(cancelled(events)).isEmpty();
        assertThat(exits(events)).containsExactly("completed at e");
    }

    @Test
    void anErrorNobodyCatchesFailsTheEntryAndOneThatIsCaughtDoesNot() throws IOException {
        String inner =
                "<process id='p'><startEvent id='s'/><subProcess id='sub'><startEvent id='in'/><userTask id='beside'/>"
                        + "<endEvent id='bad'><errorEventDefinition errorRef='err'/></endEvent>" + flow("in", "bad")
                        + "</subProcess><endEvent id='e'/>" + flow("s", "sub") + flow("sub", "e");
        String error = "<error id='err' errorCode='no-funds'/>";
        List<JourneyEvent> uncaught = life("", inner + "</process>" + error);
        assertThat(exits(uncaught)).containsExactly("failed at bad");
        List<JourneyEvent> caught = life(
                "",
                inner
                        + "<boundaryEvent id='oops' attachedToRef='sub'><errorEventDefinition errorRef='err'/></boundaryEvent>"
                        + "<endEvent id='sorry'/>" + flow("oops", "sorry") + "</process>" + error);
        assertThat(exits(caught)).containsExactly("completed at sorry");
        assertThat(cancelled(caught)).contains("sub");
    }

    /** The message comes to about half of fifty people, and interrupts what they did. */
    @Test
    void anEventSubProcessComesAsOftenAsTheScenarioSays() throws IOException {
        String bpmn = "<process id='p'><startEvent id='s'/><userTask id='shop'/><endEvent id='e'/>" + flow("s", "shop")
                + flow("shop", "e") + "<subProcess id='leaving' triggeredByEvent='true'><startEvent id='left'>"
                + "<messageEventDefinition messageRef='m'/></startEvent><endEvent id='gone'/>" + flow("left", "gone")
                + "</subProcess></process><message id='m' name='leave'/>";
        String journeys = "[{id: j, name: J, versions: [{version: 1, bpmn: j.bpmn, nodes: {shop: {stays: P2D},"
                + " left: {happens: {odds: 0.5, after: P1D}}}}]}]";
        int interrupted = 0;
        for (int user = 0; user < 50; user++) {
            List<JourneyEvent> events = life(journeys, bpmn, user);
            boolean left = entered(events).contains("leaving");
            interrupted += left ? 1 : 0;
            assertThat(cancelled(events)).isEqualTo(left ? List.of("shop") : List.of());
            assertThat(exits(events)).containsExactly(left ? "completed at leaving" : "completed at e");
        }
        assertThat(interrupted).isBetween(15, 35);
    }

    @Test
    void aCallIsAnEntryOfTheSameUserThatItsCallerWaitsFor() throws IOException {
        List<JourneyEvent> events = life(
                "[{id: j, name: J, versions: [{version: 1, bpmn: j.bpmn, process: p}]},"
                        + " {id: child, name: C, odds: 0, versions: [{version: 1, bpmn: j.bpmn, process: q, nodes: {work: {stays: PT3H}}}]}]",
                "<process id='p'><startEvent id='s'/><callActivity id='ask' calledElement='q'/><endEvent id='e'/>"
                        + flow("s", "ask") + flow("ask", "e") + "</process><process id='q'><startEvent id='qs'/>"
                        + "<userTask id='work'/>" + flow("qs", "work") + "</process>",
                0);
        List<JourneyEntered> entries = events.stream()
                .filter(JourneyEntered.class::isInstance)
                .map(JourneyEntered.class::cast)
                .toList();
        assertThat(entries).hasSize(2);
        assertThat(entries.get(1).parentEntryId())
                .isEqualTo(entries.get(0).entry().entryId());
        assertThat(entries.get(1).entry().userId())
                .isEqualTo(entries.get(0).entry().userId());
        assertThat(entered(events)).containsExactly("s", "ask", "qs", "work", "e");
        assertThat(exits(events)).containsExactly("completed at work", "completed at e");
    }

    @Test
    void aLoopThatTakesNoTimeIsNamed() {
        assertThatThrownBy(() -> life(
                        "",
                        "<process id='p'><startEvent id='s'/><task id='a'/><task id='b'/>" + flow("s", "a")
                                + flow("a", "b") + flow("b", "a") + "</process>"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("journey 'j' goes round without end by the node ");
    }
}
