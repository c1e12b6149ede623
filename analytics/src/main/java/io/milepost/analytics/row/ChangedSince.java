package io.milepost.analytics.row;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.history.Journey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Which entries a block after a given one may have changed, found by looking through all histories: after a start it is
 * the only way to know. Holds the cells' lock for a few thousand events at a time.
 */
final class ChangedSince {

    private static final int AT_ONCE = 500;

    private final long block;

    ChangedSince(long block) {
        this.block = block;
    }

    /** Marks them among the projection's changed entries. */
    void mark(CellProjection projection) {
        int entries = projection.read(cells -> cells.histories().entryCount());
        for (int first = 0; first < entries; first += AT_ONCE) {
            int from = first;
            int to = Math.min(entries, first + AT_ONCE);
            projection.read(cells -> entries(cells, from, to));
        }
        int users = projection.read(cells -> cells.histories().userCount());
        for (int first = 0; first < users; first += AT_ONCE) {
            int from = first;
            int to = Math.min(users, first + AT_ONCE);
            projection.read(cells -> users(cells, from, to));
        }
    }

    private boolean entries(Cells cells, int from, int to) {
        Histories histories = cells.histories();
        Set<Journey> redefined = redefined(histories);
        for (int entry = from; entry < to; entry++) {
            if (redefined.contains(histories.journeyOf(entry))) {
                cells.changed().add(entry);
            } else {
                events(histories, entry, cells.changed()::add);
            }
        }
        return true;
    }

    private Set<Journey> redefined(Histories histories) {
        Set<Journey> redefined = new HashSet<>();
        for (Journey journey : histories.journeys()) {
            if (journey.versions().values().stream().anyMatch(version -> isLater(version.order()))) {
                redefined.add(journey);
            }
        }
        return redefined;
    }

    private void events(Histories histories, int entry, IntConsumer changed) {
        for (HistoryEvent event : histories.ofEntry(entry)) {
            List<HistoryEvent> wandering = event.isSend() ? histories.ofWandering(event.message) : null;
            if (isLater(event) || (wandering != null && wandering.stream().anyMatch(this::isLater))) {
                changed.accept(entry);
                return;
            }
        }
    }

    private boolean users(Cells cells, int from, int to) {
        Histories histories = cells.histories();
        for (int user = from; user < to; user++) {
            if (histories.hasOwnEvents(user) && histories.ofUser(user).stream().anyMatch(this::isLater)) {
                cells.changedUser(user);
            }
        }
        return true;
    }

    private boolean isLater(HistoryEvent event) {
        return event.block > block;
    }
}
