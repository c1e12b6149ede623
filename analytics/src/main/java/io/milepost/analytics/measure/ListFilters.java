package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import java.util.List;
import java.util.Map;

/** What a list is narrowed to, with the names of one journey. */
final class ListFilters {

    private final Map<ListFilter, String> wanted;
    private final JourneyCells cells;
    private final Names words;
    private final Names outcomes;

    private ListFilters(Map<ListFilter, String> wanted, Names words, JourneyCells cells) {
        this.wanted = wanted;
        this.cells = cells;
        this.words = words;
        this.outcomes = cells.journey().outcomes();
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
        return wanted.entrySet().stream().allMatch(filter -> {
            Integer number = filter.getKey().in(series.key(), cells.carrier(series.key()));
            return number == null || is(filter.getKey(), number, filter.getValue());
        });
    }

    boolean wants(FactRow row) {
        return wanted.entrySet().stream()
                .allMatch(filter -> is(filter.getKey(), filter.getKey().in(row), filter.getValue()));
    }

    private boolean is(ListFilter filter, int number, String value) {
        Names names = filter == ListFilter.OUTCOME ? outcomes : words;
        return value.equals(number < 0 ? JourneyMeasures.UNKNOWN : names.name(number));
    }
}
