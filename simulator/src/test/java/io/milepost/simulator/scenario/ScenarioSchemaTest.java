package io.milepost.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioSchemaTest {

    private static final JsonNode SCHEMA = parsed();
    private static final JsonSchema RULES =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SCHEMA);

    private static JsonNode parsed() {
        try {
            return new JsonMapper().readTree(ScenarioReader.schema());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String name) throws IOException {
        try (var in = ScenarioReader.class.getResourceAsStream("/scenarios/" + name + ".yaml")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> faults(String yaml) {
        return RULES.validate(new YamlTree("x", yaml).root()).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void everyReadyScenarioKeepsTheSchema() throws IOException {
        for (String name : ScenarioReader.builtIns()) {
            assertThat(faults(text(name))).as(name).isEmpty();
        }
    }

    @Test
    void theSchemaFindsWhatTheReaderWouldRefuse() throws IOException {
        String demo = text("demo");
        assertThat(faults(demo.replace("weeks: 4", "weks: 4"))).hasSize(2);
        assertThat(faults(demo.replace("attributionWindow: P3D", "attributionWindow: 3 days")))
                .hasSize(1);
        assertThat(faults(demo.replace("{free: 0.7, pro: 0.3}", "{free: 1.7}"))).isNotEmpty();
        assertThat(faults(demo.replace("reason: expired", "reason: bored"))).isNotEmpty();
    }

    /** What the reader knows and requires, and nothing else, is what the schema says. */
    @Test
    void theSchemaHasTheFieldsOfTheReader() {
        List<Class<?>> records = new ArrayList<>(List.of(Scenario.class));
        for (Class<?> nested : Scenario.class.getDeclaredClasses()) {
            if (nested.isRecord()) {
                records.add(nested);
            }
        }
        assertThat(records).hasSizeGreaterThan(20);
        for (Class<?> type : records) {
            JsonNode told =
                    type == Scenario.class ? SCHEMA : SCHEMA.path("$defs").path(type.getSimpleName());
            List<String> fields = new ArrayList<>();
            List<String> required = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(component.getName());
                JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
                if (property != null && property.required()) {
                    required.add(component.getName());
                }
            }
            List<String> names = new ArrayList<>();
            told.path("properties").fieldNames().forEachRemaining(names::add);
            assertThat(names).as(type.getSimpleName()).containsExactlyInAnyOrderElementsOf(fields);
            List<String> needed = new ArrayList<>();
            told.path("required").forEach(name -> needed.add(name.asText()));
            assertThat(needed).as(type.getSimpleName()).containsExactlyInAnyOrderElementsOf(required);
        }
    }
}
