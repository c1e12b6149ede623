package io.milepost.analytics.measure;

import io.milepost.analytics.measure.MeasureDescription.Counted;
import io.milepost.analytics.measure.MeasureDescription.Level;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The catalogue: every measure, drawn from the declarations on the records of figures. */
public final class Measures {

    public static final Measures JOURNEY = new Measures(Level.JOURNEY, JourneySummary.class);
    public static final Measures NODE = new Measures(Level.NODE, NodeFigures.class);
    public static final Measures STAGE = new Measures(Level.STAGE, StageFigures.class);

    private final Map<String, MeasureDescription> byName;

    private Measures(Level level, Class<? extends Record> shape) {
        Map<String, MeasureDescription> measures = new LinkedHashMap<>();
        for (RecordComponent component : shape.getRecordComponents()) {
            Measure measure = component.getAnnotation(Measure.class);
            if (measure != null) {
                measures.put(component.getName(), describe(level, component, measure));
            }
        }
        byName = Collections.unmodifiableMap(measures);
    }

    /** All of them: the journey's, the node's, the stage's, each in the order of the figures. */
    public static List<MeasureDescription> all() {
        return Stream.of(JOURNEY, NODE, STAGE)
                .flatMap(measures -> measures.byName.values().stream())
                .toList();
    }

    /** The measure whose list it is, the first of those that have it. */
    public static MeasureDescription of(ListMeasure list) {
        return all().stream()
                .filter(measure -> measure.level() == list.level())
                .filter(measure -> measure.lists().contains(list.text()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no measure has the list " + list.text()));
    }

    /** In the order of the figures. */
    public Set<String> names() {
        return byName.keySet();
    }

    private static MeasureDescription describe(Level level, RecordComponent component, Measure measure) {
        Schema schema = component.getAccessor().getAnnotation(Schema.class);
        return new MeasureDescription(
                component.getName(),
                schema.title(),
                schema.description(),
                measure.unit(),
                measure.counts(),
                level,
                measure.activity(),
                breakDowns(level, measure),
                List.of(measure.lists()),
                level == Level.STAGE ? List.of() : paths(component.getName(), component.getGenericType()));
    }

    /** An entry that was turned away has no variant; the funnel has no series. */
    private static List<String> breakDowns(Level level, Measure measure) {
        List<String> breakDowns = new ArrayList<>(List.of("version"));
        if (measure.counts() != Counted.REJECTIONS) {
            breakDowns.add("variant");
        }
        if (level != Level.STAGE) {
            breakDowns.add("time");
        }
        breakDowns.addAll(List.of(measure.breakDowns()));
        return List.copyOf(breakDowns);
    }

    private static List<String> paths(String path, Type type) {
        List<String> paths = new ArrayList<>(List.of(path));
        if (type instanceof ParameterizedType map) {
            paths.addAll(paths(path + ".{" + keyOf(path) + "}", map.getActualTypeArguments()[1]));
        } else if (type instanceof Class<?> shape && shape.isRecord()) {
            for (RecordComponent component : shape.getRecordComponents()) {
                paths.addAll(paths(path + "." + component.getName(), component.getGenericType()));
            }
        }
        return paths;
    }

    private static String keyOf(String path) {
        String map = path.substring(path.lastIndexOf('.') + 1);
        return switch (map) {
            case "exitsByReason", "rejectedEntries" -> "reason";
            case "goalValue", "trafficCost" -> "currency";
            case "channels" -> "channel";
            case "engagements" -> "kind";
            case "outcomes" -> "outcome";
            case "platforms" -> "platform";
            default -> throw new IllegalStateException("what the keys of " + map + " are is not declared");
        };
    }
}
