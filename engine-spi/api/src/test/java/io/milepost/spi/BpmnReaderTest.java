package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BpmnReaderTest {
    private static final String DIAGRAM =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="http://milepost.io/schema/bpmn"
                xmlns:x="urn:x" targetNamespace="t">
              <process id="welcome" name="Welcome" m:conversionEvent="order" m:attributionWindow="P7D">
                <startEvent id="start"/>
                <sequenceFlow id="f1" name="go" sourceRef="start" targetRef="mail"/>
                <serviceTask id="mail" name="Mail" m:stage="reached">
                  <extensionElements>
                    <x:properties><x:property name="milepost:channel" value="email"/></x:properties>
                  </extensionElements>
                </serviceTask>
                <subProcess id="inner"><intermediateCatchEvent id="pause"><timerEventDefinition/></intermediateCatchEvent>
                </subProcess>
              </process>
            </definitions>
            """;

    @Test
    void readsNodesFlowsAndWhatTheModellerSaid() {
        JourneyDefinition read = BpmnReader.read(DIAGRAM, "welcome", "welcome", 3, element -> null);
        assertThat(read.nodes())
                .containsExactly(
                        new JourneyDefinition.Node("start", null, "trigger", null),
                        new JourneyDefinition.Node("mail", "Mail", "send", "email"),
                        new JourneyDefinition.Node("inner", null, "custom", null),
                        new JourneyDefinition.Node("pause", null, "wait", null));
        assertThat(read.edges()).containsExactly(new JourneyDefinition.Edge("f1", "start", "mail", "go"));
        assertThat(read.stages()).extracting(JourneyDefinition.Stage::id).containsExactly("reached");
        assertThat(read.conversionEvent()).isEqualTo("order");
        assertThat(read.attributionWindow()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void refusesWhatItCannotReadByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpmnReader.read("<a/>", "p", "p", 1, element -> null))
                .withMessageContaining("no process");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BpmnReader.read(DIAGRAM.replace("P7D", "a week"), "welcome", "welcome", 1, element -> null))
                .withMessageContaining("attributionWindow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpmnReader.read("<!DOCTYPE a []><a/>", "p", "p", 1, element -> null));
    }
}
