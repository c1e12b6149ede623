package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagram is whatever somebody deployed: it is read, or refused in words. */
class BpmnReaderFuzzTest {
    private static final String BEGIN =
            "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\">";
    private static final String END = "</process></definitions>";

    static Stream<Arguments> diagrams() {
        return Stream.of(
                        BEGIN + "<startEvent id=\"a\"/><sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/>" + END,
                        BEGIN + "<task/><task id=\"\"/><sequenceFlow/>" + END,
                        BEGIN + "<subProcess id=\"s\">".repeat(30_000) + "</subProcess>".repeat(30_000) + END,
                        BEGIN + "<x:y xmlns:x=\"u\">".repeat(30_000) + "</x:y>".repeat(30_000) + END,
                        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>",
                        "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
                        "<?xml version=\"1.0\" encoding=\"x-none\"?><a/>",
                        "<?xml version=\"1.1\"?><a>&#0;</a>",
                        BEGIN + "<task id=\"t\" xmlns:m=\"http://milepost.io/schema/bpmn\" m:type=\"no-such\"/>" + END,
                        "",
                        "\uFEFF<a/>",
                        "<a",
                        "{}")
                .map(diagram -> Arguments.of((Object) diagram.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("diagrams")
    @FuzzTest(maxDuration = "2m")
    void isReadOrRefused(byte[] bytes) {
        try {
            JourneyDefinition read = BpmnReader.read(BpmnReader.text(bytes), "p", "p", 1, element -> null);
            assertThat(read.bpmn()).doesNotContain("<!DOCTYPE");
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }
}
