package io.milepost.simulator.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a scenario file and the diagrams it names; each error is one line that says where and what to do. */
public final class ScenarioReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new Iso<>(Duration.class, Duration::parse))
                    .addDeserializer(ZoneId.class, new Iso<>(ZoneId.class, ZoneId::of)))
            .build();

    private ScenarioReader() {}

    /** Names of the scenarios that come with the simulator. */
    public static List<String> builtIns() {
        return List.of(
                "demo",
                "onboarding",
                "win-back",
                "cart-abandonment",
                "ivr-menu",
                "ab-test",
                "support",
                "bank-year",
                "edge-cases");
    }

    /** One of the scenarios that come with the simulator. */
    public static LoadedScenario builtIn(String name) {
        if (!builtIns().contains(name)) {
            throw new ScenarioException("there is no scenario '" + name + "'; there are "
                    + String.join(", ", builtIns()) + ", or name a file such as mine.yaml");
        }
        return load(name + ".yaml", file -> resource("/scenarios/" + file));
    }

    /** The JSON Schema of scenario files. */
    public static String schema() {
        String schema = resource("/scenario.schema.json");
        if (schema == null) {
            throw new IllegalStateException("the schema is not in the jar");
        }
        return schema;
    }

    /** A scenario file; the diagrams it names lie beside it. */
    public static LoadedScenario file(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return load(
                file.toString(),
                name -> text(name.equals(file.toString()) || folder == null ? file : folder.resolve(name)));
    }

    /** Gives the text of a file; null where there is none. */
    @FunctionalInterface
    private interface Source {
        @Nullable
        String read(String name);
    }

    private static LoadedScenario load(String file, Source source) {
        String text = source.read(file);
        if (text == null) {
            throw new ScenarioException("there is no scenario '" + file + "'");
        }
        YamlTree yaml = new YamlTree(file, text);
        Scenario scenario = parse(file, yaml);
        IdentityHashMap<Scenario.Version, Diagram> diagrams = diagrams(yaml, scenario, source);
        LoadedScenario loaded = new LoadedScenario(scenario, diagrams, arrivals(yaml, scenario, source));
        new ScenarioChecks(yaml, loaded).check();
        return loaded;
    }

    private static long[] arrivals(YamlTree yaml, Scenario scenario, Source source) {
        String name = scenario.arrivals().replays();
        if (name == null) {
            return new long[0];
        }
        String text = source.read(name);
        if (text == null) {
            throw yaml.wrong("arrivals.replays", "there is no file '" + name + "' of arrivals beside it");
        }
        return ArrivalTimes.read(name, text);
    }

    private static IdentityHashMap<Scenario.Version, Diagram> diagrams(
            YamlTree yaml, Scenario scenario, Source source) {
        IdentityHashMap<Scenario.Version, Diagram> diagrams = new IdentityHashMap<>();
        Map<String, Diagram> drawn = new HashMap<>();
        for (int i = 0; i < scenario.journeys().size(); i++) {
            Scenario.Journey journey = scenario.journeys().get(i);
            for (int j = 0; j < journey.versions().size(); j++) {
                Scenario.Version version = journey.versions().get(j);
                String path = "journeys[" + i + "].versions[" + j + "]";
                String bpmn = version.bpmn();
                diagrams.put(
                        version,
                        bpmn == null
                                ? new WrittenNodes(yaml, path, version).read(journey)
                                : drawn.computeIfAbsent(
                                        bpmn + '#' + version.process(),
                                        key -> drawn(yaml, path, bpmn, version.process(), source)));
            }
        }
        return diagrams;
    }

    private static Diagram drawn(YamlTree yaml, String path, String bpmn, @Nullable String process, Source source) {
        String xml = source.read(bpmn);
        if (xml == null) {
            throw yaml.wrong(path + ".bpmn", "there is no BPMN file '" + bpmn + "' beside it");
        }
        return new DiagramReader(bpmn).read(xml, process);
    }

    private static Scenario parse(String file, YamlTree yaml) {
        try {
            return JSON.treeToValue(yaml.root(), Scenario.class);
        } catch (JsonProcessingException e) {
            String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
            throw new ScenarioException(
                    file + ":" + yaml.line(path) + ": " + path + (path.isEmpty() ? "" : ": ") + told(e), e);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String told(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is not known here; known are " + unknown.getKnownPropertyIds();
        }
        if (e.getOriginalMessage().startsWith("Missing required creator property")) {
            return "is required";
        }
        if (e instanceof MismatchedInputException mismatched && !(e.getCause() instanceof IllegalArgumentException)) {
            return "should be " + expected(mismatched);
        }
        String message = e.getCause() instanceof IllegalArgumentException told
                ? String.valueOf(told.getMessage())
                : e.getOriginalMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType() == null ? Object.class : e.getTargetType();
        String given = e instanceof InvalidFormatException invalid ? ", not '" + invalid.getValue() + "'" : "";
        if (type == int.class || type == long.class) {
            return "a whole number" + given;
        } else if (type == double.class || type == Double.class || type == BigDecimal.class) {
            return "a number" + given;
        } else if (type == boolean.class) {
            return "true or false" + given;
        } else if (type == Duration.class) {
            return "a duration such as PT2H30M or P3D" + given;
        } else if (type == ZoneId.class) {
            return "a zone such as Europe/Berlin" + given;
        } else if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT) + given;
        } else if (List.class.isAssignableFrom(type)) {
            return "a list" + given;
        }
        return (type == String.class ? "a text" : "fields with values (scenarios --schema tells which)") + given;
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = ScenarioReader.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new ScenarioException(
                    file
                            + (e instanceof CharacterCodingException
                                    ? ": is not written in UTF-8; save it so"
                                    : ": cannot be read: " + e.getMessage()),
                    e);
        }
    }

    /** Durations and zones from their ISO text. */
    private static final class Iso<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        Iso(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return parse.apply(value);
            } catch (DateTimeException e) {
                throw context.weirdStringException(value, handledType(), "it should be written as ISO 8601 has it");
            }
        }
    }
}
