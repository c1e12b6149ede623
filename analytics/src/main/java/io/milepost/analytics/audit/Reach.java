package io.milepost.analytics.audit;

import io.milepost.analytics.history.DefinedVersion;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The events that decide what one user's facts are: his own, those of his entries, of entries that share a message with
 * one of his, and the definitions of their journeys. Holds the lock while it is made.
 */
final class Reach {

    /** Where one event lies in the journal. */
    record Place(long block, String source, String id) {}

    private final Histories histories;
    private final Set<Integer> entries = new HashSet<>();
    private final Set<Integer> messages = new HashSet<>();
    private final Set<Integer> journeys = new HashSet<>();
    private final Set<Place> places = new HashSet<>();

    private Reach(Histories histories) {
        this.histories = histories;
    }

    static Set<Place> of(Histories histories, int user) {
        Reach reach = new Reach(histories);
        histories.ofUser(user).forEach(reach::place);
        histories.entriesOf(user, reach::entry);
        return reach.places;
    }

    static TreeSet<Long> blocks(Set<Place> places) {
        TreeSet<Long> blocks = new TreeSet<>();
        places.forEach(place -> blocks.add(place.block()));
        return blocks;
    }

    private void entry(int entry) {
        if (!entries.add(entry)) {
            return;
        }
        if (journeys.add(histories.journeyOf(entry).number())) {
            histories.journeyOf(entry).versions().values().stream()
                    .map(DefinedVersion::order)
                    .forEach(this::place);
        }
        for (HistoryEvent event : histories.ofEntry(entry)) {
            place(event);
            if (event.message >= 0) {
                message(event.message);
            }
        }
    }

    private void message(int message) {
        List<HistoryEvent> wandering = messages.add(message) ? histories.ofWandering(message) : null;
        if (wandering != null) {
            for (HistoryEvent event : wandering) {
                place(event);
                if (event.isSend()) {
                    entry(event.entry);
                }
            }
        }
    }

    private void place(HistoryEvent event) {
        places.add(new Place(event.block, histories.sources().name(event.source), event.id.toString()));
    }
}
