package io.milepost.analytics.measure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way into a record of figures: names of components and keys of maps, with dots between. Immutable. */
public final class FigurePath {

    private final String text;
    private final List<Step> steps;

    private FigurePath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @param names of the components it may begin with
     * @throws IllegalArgumentException where it leads nowhere, with what there is instead
     */
    static FigurePath of(String path, Class<? extends Record> shape, Set<String> names) {
        String first = path.split("\\.", 2)[0];
        if (!names.contains(first)) {
            throw new IllegalArgumentException("'" + first + "' is not one of " + String.join(", ", names));
        }
        List<Step> steps = new ArrayList<>();
        follow(path, shape, steps);
        return new FigurePath(path, List.copyOf(steps));
    }

    @Nullable
    Object in(Record figures) {
        return inside(steps.get(0).from(figures));
    }

    /** Names of components and keys on the way. */
    List<String> names() {
        return steps.stream().map(Step::name).toList();
    }

    /** Name of the measure it begins with. */
    String root() {
        return text.split("\\.", 2)[0];
    }

    /** The figure inside the measure it begins with. */
    @Nullable
    Object inside(@Nullable Object measure) {
        Object value = measure;
        for (Step step : steps.subList(1, steps.size())) {
            if (value == null) {
                return null;
            }
            value = step.from(value);
        }
        return value;
    }

    /** The figure of an empty scope: 0, an empty map, a rate of none. */
    @Nullable
    Object ofNothing() {
        return Zero.of(steps.get(steps.size() - 1).type());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FigurePath path && path.text.equals(text) && path.steps.equals(steps);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static void follow(String rest, Type type, List<Step> steps) {
        if (type instanceof Class<?> shape && shape.isRecord()) {
            followRecord(rest, shape, steps);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            followMap(rest, map.getActualTypeArguments()[1], steps);
        } else {
            throw new IllegalArgumentException("nothing is inside a number: '" + rest + "' leads nowhere");
        }
    }

    private static void followRecord(String rest, Class<?> shape, List<Step> steps) {
        String[] parts = rest.split("\\.", 2);
        RecordComponent component = component(shape, parts[0]);
        if (component == null) {
            throw new IllegalArgumentException("'" + parts[0] + "' is not one of " + String.join(", ", names(shape)));
        }
        steps.add(new Component(component));
        if (parts.length == 2) {
            follow(parts[1], component.getGenericType(), steps);
        }
    }

    /** Keys may have dots of their own: only the end, or what is nested deeper, tells where a key stops. */
    private static void followMap(String rest, Type valueType, List<Step> steps) {
        int keyEnd = keyEnd(rest, valueType);
        String key = rest.substring(0, keyEnd);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key is missing");
        }
        steps.add(new Key(key, valueType));
        if (keyEnd < rest.length()) {
            follow(rest.substring(keyEnd + 1), valueType, steps);
        }
    }

    /** Outcomes are free text, so what follows a dot may be part of one; kinds and channels are words. */
    private static int keyEnd(String rest, Type valueType) {
        if (!(valueType instanceof Class<?> shape) || !shape.isRecord()) {
            return rest.length();
        }
        if (shape == PlatformFigures.class) {
            int dot = rest.indexOf('.');
            return dot < 0 ? rest.length() : dot;
        }
        int dot = rest.lastIndexOf('.');
        if (dot < 0 || component(shape, rest.substring(dot + 1)) != null) {
            return dot < 0 ? rest.length() : dot;
        }
        if (shape != OutcomeCount.class) {
            throw new IllegalArgumentException(
                    "'" + rest.substring(dot + 1) + "' is not one of " + String.join(", ", names(shape)));
        }
        return rest.length();
    }

    private static @Nullable RecordComponent component(Class<?> shape, String name) {
        return Stream.of(shape.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<String> names(Class<?> shape) {
        return Stream.of(shape.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private sealed interface Step {
        @Nullable
        Object from(Object value);

        Type type();

        String name();
    }

    private record Component(RecordComponent component) implements Step {
        @Override
        public String name() {
            return component.getName();
        }

        @Override
        public @Nullable Object from(Object value) {
            return read(component, value);
        }

        @Override
        public Type type() {
            return component.getGenericType();
        }
    }

    private record Key(String key, Type type) implements Step {
        @Override
        public String name() {
            return key;
        }

        @Override
        public @Nullable Object from(Object value) {
            Object found = ((Map<?, ?>) value).get(key);
            return found == null ? Zero.of(type) : found;
        }
    }

    private static @Nullable Object read(RecordComponent component, Object figures) {
        try {
            return component.getAccessor().invoke(figures);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
