package io.milepost.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.engine.World;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Step;
import io.milepost.simulator.scenario.Diagram.Trigger;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenScopesTest {

    private static final Instant END = Instant.parse("2026-03-29T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private LoadedScenario read(String nodes) throws IOException {
        return WrittenJourney.read(folder, "other: {stays: PT9H}", nodes);
    }

    private List<JourneyEvent> life(String nodes) throws IOException {
        return new World(read(nodes), 7, END).life(0);
    }

    /** Each node the life comes to, so many hours after its begin; in brackets: left as cancelled. */
    private static List<String> told(List<JourneyEvent> life) {
        List<String> told = new ArrayList<>();
        Instant begin = life.get(0).time();
        for (JourneyEvent event : life) {
            long hours = Duration.between(begin, event.time()).toHours();
            if (event instanceof NodeEntered entered) {
                told.add(entered.visit().nodeId() + " " + hours);
            } else if (event instanceof NodeExited exited && exited.cancelled()) {
                told.add("(" + exited.visit().nodeId() + " " + hours + ")");
            } else if (event instanceof JourneyExited exited) {
                told.add(exited.reason().wireName() + " " + hours);
            }
        }
        return told;
    }

    @Test
    void nodesInsideAnotherMakeItASubProcess() throws IOException {
        LoadedScenario loaded = read(
                """
                a: {next: sub}, sub: {next: end}, end: {type: exit},
                x: {inside: sub, stays: PT1H, next: y}, y: {inside: sub, stays: PT2H},
                late: {on: x, catches: {timer: R3/PT4H}, interrupts: false, next: z}, z: {inside: sub}
                """);
        Diagram diagram =
                loaded.diagram(loaded.scenario().journeys().get(1).versions().get(0));
        assertThat(diagram.starts()).containsExactly("a");
        assertThat(diagram.step("sub").kind()).isEqualTo(Kind.SUB_PROCESS);
        assertThat(Scopes.starts(diagram.steps(), "sub")).containsExactly("x");
        Step late = diagram.step("late");
        assertThat(late.kind()).isEqualTo(Kind.BOUNDARY);
        assertThat(late.inside()).isEqualTo("sub");
        assertThat(late.on()).isEqualTo("x");
        assertThat(late.interrupts()).isFalse();
        assertThat(late.trigger()).isEqualTo(new Trigger(Cause.TIMER, null, Duration.ofHours(4), 3));
        List<JourneyEvent> life = new World(loaded, 7, END).life(0);
        assertThat(told(life)).containsExactly("a 0", "sub 0", "x 0", "y 1", "end 3", "completed 3");
        String sub = visit(life, "sub").visitId();
        assertThat(visit(life, "y").parentVisitId()).isEqualTo(sub);
        assertThat(visit(life, "end").parentVisitId()).isNull();
    }

    private record Visit(String visitId, @org.jspecify.annotations.Nullable String parentVisitId) {}

    private static Visit visit(List<JourneyEvent> life, String node) {
        return life.stream()
                .filter(NodeEntered.class::isInstance)
                .map(NodeEntered.class::cast)
                .filter(entered -> entered.visit().nodeId().equals(node))
                .map(entered -> new Visit(entered.visit().visitId(), entered.parentVisitId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTimerEndsWhatItSitsOnOrGoesOnBesideIt() throws IOException {
        assertThat(
                        told(
                                life(
                                        """
                        ask: {stays: PT9H, next: thanks}, thanks: {type: exit},
                        late: {on: ask, catches: {timer: PT5H}, next: call}, call: {type: exit}
                        """)))
                .containsExactly("ask 0", "(ask 5)", "late 5", "call 5", "completed 5");
        assertThat(
                        told(
                                life(
                                        """
                        ask: {stays: PT9H, next: thanks}, thanks: {type: exit},
                        nudge: {on: ask, catches: {timer: R2/PT4H}, interrupts: false, next: push}, push: {}
                        """)))
                .containsExactly("ask 0", "nudge 4", "push 4", "nudge 8", "push 8", "thanks 9", "completed 9");
    }

    @Test
    void aMessageComesWhenTheScenarioSaysAndEndsAllThatIsInside() throws IOException {
        assertThat(
                        told(
                                life(
                                        """
                        sub: {next: end}, x: {inside: sub, stays: P1D, times: 2}, end: {type: exit},
                        told: {on: sub, catches: {message: changed}, happens: {after: PT30H}, next: end}
                        """)))
                .containsExactly("sub 0", "x 0", "x 24", "(x 30)", "(sub 30)", "told 30", "end 30", "completed 30");
    }

    /** The called journey is over before the call is, which is told once. */
    @Test
    void aTimerEndsACallWithAllItCalled() throws IOException {
        assertThat(
                        told(
                                life(
                                        """
                        ask: {calls: other, next: thanks}, thanks: {type: exit},
                        late: {on: ask, catches: {timer: PT5H}, next: bye}, bye: {type: exit}
                        """)))
                .containsExactly(
                        "ask 0", "other 0", "(other 5)", "cancelled 5", "(ask 5)", "late 5", "bye 5", "completed 5");
    }

    @Test
    void anErrorInsideIsCaughtByTheFirstEventAroundThatKnowsItsCode() throws IOException {
        String nodes =
                """
                outer: {next: end}, inner: {inside: outer},
                pay: {inside: inner, stays: PT1H, next: refused}, refused: {inside: inner, raises: {error: DECLINED}},
                other: {on: inner, catches: {error: %s}, happens: {odds: 0}, next: more}, more: {inside: outer},
                any: {on: outer, catches: error, next: call}, call: {type: exit}, end: {type: exit}
                """;
        assertThat(told(life(nodes.formatted("STOLEN"))))
                .containsExactly(
                        "outer 0",
                        "inner 0",
                        "pay 0",
                        "refused 1",
                        "(inner 1)",
                        "(outer 1)",
                        "any 1",
                        "call 1",
                        "completed 1");
        assertThat(told(life(nodes.formatted("DECLINED"))))
                .containsExactly(
                        "outer 0",
                        "inner 0",
                        "pay 0",
                        "refused 1",
                        "(inner 1)",
                        "other 1",
                        "more 1",
                        "end 1",
                        "completed 1");
        assertThat(told(life("pay: {stays: PT1H, next: refused}, refused: {raises: {error: DECLINED}}")))
                .containsExactly("pay 0", "refused 1", "failed 1");
    }

    @Test
    void anEscalationGoesOnBesideWhatIsCaught() throws IOException {
        assertThat(
                        told(
                                life(
                                        """
                        sub: {next: end}, end: {type: exit},
                        odd: {inside: sub, raises: {escalation: ODD}, next: rest}, rest: {inside: sub, stays: PT1H},
                        seen: {on: sub, catches: {escalation: ODD}, interrupts: false, next: look}, look: {stays: PT3H}
                        """)))
                .containsExactly("sub 0", "odd 0", "seen 0", "rest 0", "look 0", "end 1", "completed 3");
    }

    /** As the kit asks of every engine: each id once, no visit left before it is entered or twice, nothing after the end. */
    @Test
    void everyHistoryKeepsTheRulesOfAnEngine() {
        LoadedScenario order = ScenarioReader.file(Path.of("src/test/resources/order.yaml"));
        World world = new World(order, 11, END);
        Set<String> ids = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (int user = 0; user < 300; user++) {
            Map<String, String> open = new HashMap<>();
            Set<String> over = new HashSet<>();
            for (JourneyEvent event : world.life(user)) {
                assertThat(ids.add(event.id())).as("told once: " + event).isTrue();
                if (event instanceof JourneyEntered entered) {
                    assertThat(over).doesNotContain(entered.entry().entryId());
                } else if (event instanceof NodeEntered entered) {
                    seen.add(entered.visit().nodeId());
                    assertThat(over).doesNotContain(entered.entry().entryId());
                    assertThat(open.put(key(entered), entered.visit().nodeId())).isNull();
                } else if (event instanceof NodeExited exited) {
                    assertThat(open.remove(
                                    exited.entry().entryId() + exited.visit().visitId()))
                            .isEqualTo(exited.visit().nodeId());
                } else if (event instanceof JourneyExited exited) {
                    over.add(exited.entry().entryId());
                }
            }
        }
        Set<String> all = new HashSet<>();
        world.definitions().forEach(defined -> defined.definition().nodes().forEach(node -> all.add(node.id())));
        assertThat(seen).isEqualTo(all);
    }

    private static String key(NodeEntered entered) {
        return entered.entry().entryId() + entered.visit().visitId();
    }

    @Test
    void theSchemaKnowsThem() throws IOException {
        assertThat(ScenarioSchemaTest.faults(Files.readString(Path.of("src/test/resources/order.yaml"))))
                .isEmpty();
        assertThat(ScenarioSchemaTest.faults(Files.readString(Path.of("src/test/resources/order.yaml"))
                        .replace("timer: PT20H", "timer: soon")))
                .isNotEmpty();
    }

    private void isWrong(String nodes, int line, String message) {
        assertThatThrownBy(() -> read(nodes))
                .isInstanceOf(ScenarioException.class)
                .hasMessageEndingWith(
                        "mine.yaml:" + (WrittenJourney.BEFORE + line) + ": journeys[1].versions[0].nodes." + message);
    }

    @Test
    void namesLineAndPathOfWhatIsWrong() {
        isWrong("a: {},\nb: {inside: c}", 2, "b.inside: there is no node 'c'; there are [a, b]");
        isWrong("a: {},\nb: {on: c}", 2, "b.on: there is no node 'c'; there are [a, b]");
        isWrong(
                "a: {},\nb: {on: a, next: a}",
                2,
                "b: should say what the event catches, such as {timer: P1D} or {error: DECLINED}");
        isWrong("a: {},\nb: {on: a, catches: {timer: P1D}}", 2, "b.next: should say what comes after the event");
        isWrong(
                "a: {},\nb: {on: a, catches: {timer: soon}, next: a}",
                2,
                "b.catches: should be a timer such as {timer: P1D}, or {timer: R3/PT4H} that comes three times");
        isWrong(
                "a: {},\nb: {on: a, catches: {telepathy: yes}, next: a}",
                2,
                "b.catches: should be one of [condition, error, escalation, message, signal, timer] with its time, name or"
                        + " code, such as {timer: P1D} or {error: DECLINED}");
        isWrong(
                "a: {},\nb: {on: a, catches: {message: paid}, next: a}",
                2,
                "b: nobody tells it; say with happens when it comes, such as {odds: 0.3, after: PT5H}");
        isWrong(
                "a: {},\nb: {on: a, catches: {error: E}, next: a}",
                2,
                "b: nothing inside 'a' raises this; say so there, or with happens when it comes");
        isWrong(
                "a: {}, x: {inside: a, raises: {error: E}},\nb: {on: a, catches: {error: E}, interrupts: false, next: c}, c: {}",
                2,
                "b.interrupts: an error always ends what it happens to");
        isWrong(
                "a: {next: c}, b: {inside: a,\nnext: c}, c: {}",
                2,
                "b.next: 'c' is in no sub-process, and 'b' inside 'a'; a way leads neither into a sub-process nor out of it");
        isWrong(
                "a: {next: c},\nb: {on: a, inside: c, catches: {timer: P1D}, next: c}, c: {}",
                2,
                "b.inside: an event is where 'a' is; leave it out");
        isWrong(
                "a: {next:\n b}, b: {on: a, catches: {timer: P1D}, next: c}, c: {}",
                1,
                "a.next: 'b' is an event on a boundary: it comes by itself");
        isWrong(
                "a: {next: [c, c]},\nb: {on: a, catches: {timer: P1D}, next: c}, c: {}",
                2,
                "b.on: an event sits on what people do or wait for; 'a' is passed at once");
        isWrong("a: {\nhappens: {odds: 1}}", 2, "a.happens: is for an event on a node's boundary; say which with on");
        isWrong(
                "a: {\nstays: P1D}, b: {inside: a}",
                2,
                "a.stays: 'a' has nodes inside, and is no more than they are; give it to one of them");
        isWrong(
                "a: {\nraises: {timer: P1D}}",
                2,
                "a.raises: should be an error or an escalation, such as {error: DECLINED}");
        isWrong(
                "a: {raises: {error: E},\nnext: b}, b: {}",
                2,
                "a.next: an error ends the way it is on; what catches it says what comes next");
        isWrong(
                "z: {next: a},\na: {}, b: {inside: a, next: c}, c: {inside: a, next: b}",
                2,
                "a: no node inside is the first: each comes after another; give one type: trigger");
        isWrong(
                "a: {next: {'yes': c, 'no': c}}, b: {inside: a},\nc: {}",
                1,
                "a.next: a sub-process decides nothing; let a node after it");
    }
}
