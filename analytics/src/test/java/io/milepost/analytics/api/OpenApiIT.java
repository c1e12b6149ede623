package io.milepost.analytics.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milepost.analytics.measure.MeasureDescription;
import io.milepost.analytics.measure.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiIT {

    private static final Path REVIEWED = Path.of("src/test/resources/openapi.yml");

    private static ApiServer server;
    private static String served;
    private static JsonNode description;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of());
        served = server.get("/openapi.yml").body();
        description = new ObjectMapper().valueToTree(new Yaml().load(served));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hasNoUnreviewedChange() throws IOException {
        List<String> reviewed = Files.readAllLines(REVIEWED);
        List<String> now = served.lines().toList();
        int line = 0;
        while (line < Math.min(reviewed.size(), now.size())
                && reviewed.get(line).equals(now.get(line))) {
            line++;
        }
        assertThat(now.subList(line, Math.min(line + 10, now.size())))
                .as(
                        "from line %d on; review the change, then copy target/classes/META-INF/swagger/openapi.yml to %s",
                        line + 1, REVIEWED)
                .isEqualTo(reviewed.subList(line, Math.min(line + 10, reviewed.size())));
    }

    @Test
    void describesWhatThereIsAndHidesTheRest() {
        assertThat(description.get("paths").fieldNames())
                .toIterable()
                .contains(
                        "/v1/journeys",
                        "/v1/journeys/{journeyId}",
                        "/v1/journeys/{journeyId}/versions/{version}/bpmn",
                        "/v1/journeys/{journeyId}/summary",
                        "/v1/journeys/{journeyId}/nodes",
                        "/v1/journeys/{journeyId}/transitions",
                        "/v1/journeys/{journeyId}/stages",
                        "/v1/journeys/{journeyId}/series",
                        "/v1/users/{userId}",
                        "/v1/users/{userId}/timeline",
                        "/v1/measures",
                        "/v1/audit",
                        "/v1/account")
                .allMatch(path -> path.startsWith("/v1/"));
    }

    @Test
    void saysOfEachMeasureWhatTheCatalogueSays() {
        assertDefined("Summary", Measures.JOURNEY);
        assertDefined("NodeFigures", Measures.NODE);
        assertDefined("StageFigures", Measures.STAGE);
    }

    private static void assertDefined(String schema, Measures measures) {
        JsonNode properties =
                description.get("components").get("schemas").get(schema).get("properties");
        for (MeasureDescription measure : Measures.all()) {
            if (measures.names().contains(measure.name()) && properties.has(measure.name())) {
                assertThat(properties.get(measure.name()).get("description").textValue())
                        .isIn(Measures.all().stream()
                                .filter(other -> other.name().equals(measure.name()))
                                .map(MeasureDescription::definition)
                                .toList());
            }
        }
        assertThat(properties.fieldNames()).toIterable().containsAll(measures.names());
    }

    @Test
    void describesEveryFieldWithAnExampleWhereItIsPlain() {
        List<String> bare = new ArrayList<>();
        description.get("components").get("schemas").fields().forEachRemaining(schema -> {
            if (schema.getValue().has("properties")) {
                schema.getValue().get("properties").fields().forEachRemaining(field -> {
                    JsonNode property = field.getValue();
                    boolean refers = property.has("$ref") || property.has("allOf");
                    boolean listed = property.has("items");
                    if (!property.has("$ref") && !property.has("description")
                            || !refers && !listed && !property.has("example")) {
                        bare.add(schema.getKey() + "." + field.getKey());
                    }
                });
            }
        });
        assertThat(bare).isEmpty();
    }

    /** A wrong value of each: what is refused by that name is declared, what is not declared is refused otherwise. */
    @Test
    void takesEveryParameterThatItDescribes() {
        description.get("paths").fields().forEachRemaining(path -> {
            JsonNode get = path.getValue().get("get");
            if (get == null || !get.has("parameters")) {
                return;
            }
            String uri = path.getKey()
                    .replace("{journeyId}", "onboarding")
                    .replace("{version}", "2")
                    .replace("{userId}", "u1");
            for (JsonNode parameter : get.get("parameters")) {
                String name = parameter.has("$ref")
                        ? description
                                .at(parameter.get("$ref").textValue().substring(1))
                                .get("name")
                                .textValue()
                        : parameter.get("name").textValue();
                if (!"path".equals(parameter.path("in").textValue())) {
                    assertThat(server.get(uri + "?" + name + "=").body())
                            .as(uri + " " + name)
                            .doesNotContain("is no parameter");
                }
            }
        });
    }

    @Test
    void refersToNoOtherHostInItsPages() {
        for (String path : new String[] {"/swagger-ui/", "/swagger-ui", "/swagger-ui/start.js"}) {
            assertThat(server.get(path).statusCode()).isEqualTo(200);
            assertThat(server.get(path).body()).doesNotContain("http:", "https:", "\"//", "'//");
        }
        for (String file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
            assertThat(server.get("/swagger-ui/" + file).statusCode()).as(file).isEqualTo(200);
        }
    }
}
