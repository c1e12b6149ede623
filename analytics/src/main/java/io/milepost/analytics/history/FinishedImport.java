package io.milepost.analytics.history;

import io.milepost.analytics.event.AcceptedEvent.ImportReport;

/**
 * What an import came to, as the latest event about it says.
 *
 * @param order that event, for its time and the canonical order among events about one import
 * @param raw that event as received
 */
public record FinishedImport(HistoryEvent order, String id, ImportReport report, byte[] raw) {}
