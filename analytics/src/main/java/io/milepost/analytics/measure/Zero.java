package io.milepost.analytics.measure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures of nothing at all. */
final class Zero {

    private Zero() {}

    /** 0, no money, an empty map, null for a number that nothing has, or a record of those. */
    static @Nullable Object of(Type type) {
        if (type == long.class || type == Long.class) {
            return 0L;
        }
        if (type == String.class) {
            return "0";
        }
        if (type instanceof ParameterizedType) {
            return Map.of();
        }
        return type instanceof Class<?> shape && shape.isRecord() ? ofRecord(shape) : null;
    }

    private static Object ofRecord(Class<?> shape) {
        RecordComponent[] components = shape.getRecordComponents();
        try {
            return shape.getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(Stream.of(components)
                            .map(component -> of(component.getGenericType()))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no figures of nothing for " + shape, e);
        }
    }
}
