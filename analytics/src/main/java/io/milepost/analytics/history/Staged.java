package io.milepost.analytics.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New events of one block, by the entry or user whose segment they are about to join. */
public final class Staged {

    private final Map<Integer, List<HistoryEvent>> byOwner = new LinkedHashMap<>();

    public void add(int owner, HistoryEvent event) {
        byOwner.computeIfAbsent(owner, any -> new ArrayList<>(4)).add(event);
    }

    public List<HistoryEvent> of(int owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    public Map<Integer, List<HistoryEvent>> all() {
        return byOwner;
    }
}
