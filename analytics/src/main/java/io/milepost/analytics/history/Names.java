package io.milepost.analytics.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small vocabulary (node ids, channels, reasons …): name to dense number and back. One writer; readers hold the lock. */
public final class Names {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The number of that name, given on first sight. */
    public int intern(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** The number of that name, or -1. */
    public int find(String name) {
        return numbers.getOrDefault(name, -1);
    }

    public String name(int number) {
        return names.get(number);
    }

    /** All names now, by number. */
    List<String> all() {
        return List.copyOf(names);
    }

    public int size() {
        return names.size();
    }
}
