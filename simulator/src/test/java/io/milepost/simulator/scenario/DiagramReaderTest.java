package io.milepost.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.simulator.scenario.Diagram.Many;
import io.milepost.simulator.scenario.Diagram.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiagramReaderTest {

    private static String xml(String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"d\" targetNamespace=\"t\">\n"
                + content.replace('\'', '"') + "</definitions>\n";
    }

    private static Diagram read(String content) {
        return new DiagramReader("my.bpmn").read(xml(content), null);
    }

    private static final String FLOW = "<sequenceFlow id='f' sourceRef='a' targetRef='b'/>\n";

    @Test
    void readsFlowsWhetherNodesNameThemOrNot() {
        Diagram diagram = read("<process id='p'>\n<startEvent id='a'/>\n<endEvent id='b'/>\n" + FLOW + "</process>\n");
        assertThat(diagram.process()).isEqualTo("p");
        assertThat(diagram.starts()).containsExactly("a");
        assertThat(diagram.step("a").flows()).containsExactly(new Diagram.Flow("f", null, "a", "b"));
        assertThat(diagram.step("b").incoming()).isEqualTo(1);
    }

    @Test
    void readsInnerNodesRoundsCallsAndBoundaries() {
        Diagram diagram = read(
                """
                <process id='p'>
                <subProcess id='s'>
                <multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>4</loopCardinality></multiInstanceLoopCharacteristics>
                <startEvent id='in'/></subProcess>
                <callActivity id='c' calledElement='other'/>
                <boundaryEvent id='late' attachedToRef='c' cancelActivity='false'><timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>
                </process>
                """);
        assertThat(diagram.step("s").kind()).isEqualTo(Kind.SUB_PROCESS);
        assertThat(diagram.step("s").many()).isEqualTo(new Many(4, true));
        assertThat(diagram.step("in").inside()).isEqualTo("s");
        assertThat(diagram.step("c").calls()).isEqualTo("other");
        assertThat(diagram.step("late").on()).isEqualTo("c");
        assertThat(diagram.step("late").interrupts()).isFalse();
        assertThat(diagram.step("late").trigger()).isEqualTo(new Trigger(Cause.TIMER, null, Duration.ofHours(1), 3));
    }

    /** Without a start event, all that nothing leads to begins. */
    @Test
    void knowsWhereAProcessWithoutAStartBegins() {
        assertThat(read("<process id='p'><task id='a'/><task id='b'/><task id='c'/>" + FLOW + "</process>")
                        .starts())
                .containsExactly("a", "c");
    }

    @Test
    void takesTheProcessThatCanBeExecutedOrTheOneThatIsNamed() {
        String two = "<process id='p'><startEvent id='a'/></process>\n"
                + "<process id='q' isExecutable='true'><startEvent id='b'/></process>\n";
        assertThat(read(two).process()).isEqualTo("q");
        assertThat(new DiagramReader("my.bpmn").read(xml(two), "p").process()).isEqualTo("p");
        assertThatThrownBy(() -> new DiagramReader("my.bpmn").read(xml(two), "r"))
                .hasMessage("my.bpmn: has no process 'r'; there are [p, q]");
    }

    @Test
    void aLinkLeadsOn() {
        Diagram diagram = read(
                """
                <process id='p'>
                <intermediateThrowEvent id='a'><linkEventDefinition id='l1' name='on'/></intermediateThrowEvent>
                <intermediateCatchEvent id='b'><linkEventDefinition id='l2' name='on'/></intermediateCatchEvent>
                </process>
                """);
        assertThat(diagram.step("a").flows()).containsExactly(new Diagram.Flow(null, null, "a", "b"));
        assertThat(diagram.starts()).containsExactly("a");
    }

    @Test
    void namesTheWayToAnInnerElement() {
        assertThatThrownBy(
                        () -> read(
                                """
                        <process id='p'>
                        <subProcess id='s'>
                        <subProcess id='t'>
                        <intermediateThrowEvent id='a'><linkEventDefinition id='l' name='nowhere'/></intermediateThrowEvent>
                        </subProcess>
                        </subProcess>
                        </process>
                        """))
                .hasMessage("my.bpmn:6: p/s/t/a: link event 'a' has no catching link event of the same name");
    }

    @Test
    void namesTheLineOfWhatIsWrong() {
        assertThatThrownBy(() ->
                        read("<process id='p'>\n<task id='a'/>\n<subProcess id='s'>\n<task id='b'/>\n</subProcess>\n"
                                + FLOW + "</process>\n"))
                .hasMessage("my.bpmn:4: p/a: flow 'f' leads from 'a' out of its process or sub-process");
        assertThatThrownBy(() -> read("<process id='p'>\n<task id='a'/>\n<subProcess id='s'>\n<subProcess id='t'>\n"
                        + "<sequenceFlow id='g' sourceRef='a' targetRef='nowhere'/>\n</subProcess>\n</subProcess>\n"
                        + "</process>\n"))
                .hasMessage("my.bpmn:7: g: refers to 'nowhere', and no element has that id");
        assertThatThrownBy(() -> read("<process id='p'>\n<intermediateThrowEvent id='a'>\n"
                        + "<linkEventDefinition id='l' name='nowhere'/></intermediateThrowEvent>\n</process>\n"))
                .hasMessage("my.bpmn:4: p/a: link event 'a' has no catching link event of the same name");
        assertThatThrownBy(() -> read("<process id='p'>\n<tusk id='a'/>\n</process>\n"))
                .hasMessageStartingWith("my.bpmn:4: is no BPMN 2.0 file: ")
                .hasMessageContaining("tusk");
        assertThatThrownBy(() -> read("<process id='p'>\n<task id='a'>\n</process>\n"))
                .hasMessageStartingWith("my.bpmn:5: is no BPMN 2.0 file: ");
        assertThatThrownBy(() -> read("<process id='p'/>\n")).hasMessage("my.bpmn: has no process with nodes");
    }
}
