package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a list is narrowed to, with the names of one journey. */
final class ListFilters {

    private final Map<ListFilter, String> wanted;
    private final JourneyCells cells;
    private final Names words;

    private ListFilters(Map<ListFilter, String> wanted, Names words, JourneyCells cells) {
        this.wanted = wanted;
        this.cells = cells;
        this.words = words;
    }

    static ListFilters of(Cells cells, Journey journey, ListQuery query) {
        return new ListFilters(query.filters(), cells.histories().words(), cells.of(journey));
    }

    List<Series> of(List<Series> series) {
        if (wanted.isEmpty()) {
            return series;
        }
        return series.stream().filter(this::wants).toList();
    }

    private boolean wants(Series series) {
        return wanted.keySet().stream().allMatch(filter -> wants(filter, filter.in(series.key(), cells)));
    }

    boolean wants(FactRow row) {
        return wanted.keySet().stream().allMatch(filter -> wants(filter, filter.in(row)));
    }

    private boolean wants(ListFilter filter, @Nullable Integer number) {
        if (number == null) {
            return true;
        }
        String value = number < 0 ? filter.absent() : names(filter).name(number);
        return value.equals(wanted.get(filter));
    }

    private Names names(ListFilter filter) {
        Journey journey = cells.journey();
        return switch (filter) {
            case CHANNEL, PLATFORM, KIND, REASON -> words;
            case OUTCOME -> journey.outcomes();
            case FROM_NODE -> journey.nodes();
            case EDGE -> journey.edges();
        };
    }
}
