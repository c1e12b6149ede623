package io.milepost.analytics.store;

import java.util.List;

/** All rows of one entry; visits and conversions in canonical order. */
public record EntryRows(
        EntryRow entry, List<VisitRow> visits, List<MessageRow> messages, List<ConversionRow> conversions) {

    public int count() {
        return 1 + visits.size() + messages.size() + conversions.size();
    }
}
