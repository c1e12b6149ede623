package io.milepost.analytics.fold;

import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The user events that are a journey's conversion event, by version, in canonical order: what one user did towards the
 * goal, before any entry's start or window is looked at.
 */
public final class Goals {

    private final Journey journey;
    private final Map<Long, List<HistoryEvent>> byVersion = new HashMap<>();
    private final List<HistoryEvent> all = new ArrayList<>(2);

    public Goals(Journey journey, List<HistoryEvent> ownEvents) {
        this.journey = journey;
        for (HistoryEvent event : ownEvents) {
            boolean goal = false;
            for (DefinedVersion version : journey.versions().values()) {
                if (version.conversionEvent() >= 0 && version.isGoal(event)) {
                    goal = true;
                    byVersion
                            .computeIfAbsent(version.definition().version(), any -> new ArrayList<>(2))
                            .add(event);
                }
            }
            if (goal) {
                all.add(event);
            }
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The conversion events of whichever version, in canonical order. */
    public List<HistoryEvent> all() {
        return all;
    }

    /** Whether one of {@link #all} is that version's conversion event, filters included. */
    public boolean counts(HistoryEvent event, long version) {
        DefinedVersion defined = journey.version(version);
        return defined != null && defined.conversionEvent() >= 0 && defined.isGoal(event);
    }

    public List<HistoryEvent> of(long version) {
        return byVersion.getOrDefault(version, List.of());
    }

    /** Index of the first goal of that version at or after {@code start}; the list's size = none. */
    public int firstFrom(long version, long start) {
        List<HistoryEvent> goals = of(version);
        int low = 0;
        int high = goals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (goals.get(middle).time < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * When the entry was converted first.
     *
     * @param deadline last instant that still converts
     * @return {@link Histories#NEVER} = not converted
     */
    public long convertedAt(long version, long start, long deadline) {
        int first = firstFrom(version, start);
        List<HistoryEvent> goals = of(version);
        return first < goals.size() && goals.get(first).time <= deadline ? goals.get(first).time : Histories.NEVER;
    }
}
