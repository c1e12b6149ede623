package io.milepost.analytics.timeline;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.measure.TimelineEvent;
import io.milepost.analytics.measure.UserTimeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Finds a user's events by his history and reads them, as they were received, from the journal. */
public final class JournalTimeline implements UserTimeline {

    private final CellProjection projection;
    private final BlockArchive archive;

    public JournalTimeline(CellProjection projection, BlockArchive archive) {
        this.projection = projection;
        this.archive = archive;
    }

    /** Where one event lies. */
    private record Place(long block, String source, String id) {}

    @Override
    public List<TimelineEvent> timeline(String userId) {
        List<Place> places = projection.read(cells -> places(cells, userId));
        Map<Place, TimelineEvent> events = new HashMap<>();
        Set<Place> wanted = new HashSet<>(places);
        places.stream().map(Place::block).distinct().forEach(block -> read(block, wanted, events));
        return places.stream().map(events::get).filter(Objects::nonNull).toList();
    }

    private static List<Place> places(Cells cells, String userId) {
        Histories histories = cells.histories();
        int user = histories.findUser(userId);
        if (user < 0) {
            return List.of();
        }
        TreeSet<HistoryEvent> events = new TreeSet<>(histories.canonicalOrder());
        events.addAll(histories.ofUser(user));
        histories.entriesOf(user, entry -> histories.ofEntry(entry).forEach(event -> {
            events.add(event);
            List<HistoryEvent> wandering = event.message < 0 ? null : histories.ofWandering(event.message);
            if (wandering != null) {
                events.addAll(wandering);
            }
        }));
        return events.stream()
                .map(event -> new Place(event.block, histories.sources().name(event.source), event.id.toString()))
                .toList();
    }

    private void read(long sequence, Set<Place> wanted, Map<Place, TimelineEvent> events) {
        Block block = archive.block(sequence).orElseThrow(() -> new IllegalStateException("no block " + sequence));
        for (AcceptedEvent event : block.events()) {
            Place place = new Place(sequence, event.source, event.id);
            if (wanted.contains(place)) {
                events.put(place, entry(event, block.receivedAt()));
            }
        }
    }

    private static TimelineEvent entry(AcceptedEvent event, Instant received) {
        try {
            return new TimelineEvent(
                    Nanos.toInstant(event.time),
                    event.type.wireName(),
                    event.source,
                    event.id,
                    received,
                    ReceivedData.of(event));
        } catch (IOException e) {
            throw new UncheckedIOException("event " + event.id + " of " + event.source + " is no longer readable", e);
        }
    }
}
