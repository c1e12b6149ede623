package io.milepost.analytics.measure;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What the records of figures have in common. */
final class Figures {

    private Figures() {}

    /** An unmodifiable copy, sorted by key, so that equal figures read equal. */
    static <V> Map<String, V> ordered(Map<String, V> figures) {
        return Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
