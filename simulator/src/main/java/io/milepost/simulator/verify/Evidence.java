package io.milepost.simulator.verify;

import java.util.List;

/**
 * A row of the list behind a figure that only one of the two has.
 *
 * @param user whom the row is about
 * @param missing whether analytics should have it; else analytics should not
 * @param events ids of the person's events that the row is about, as they were told at the source; empty where nothing
 *     was told of it
 */
public record Evidence(String user, String row, boolean missing, List<String> events) {
    public Evidence {
        events = List.copyOf(events);
    }

    @Override
    public String toString() {
        return (missing ? "missing: " : "too many: ")
                + row
                + (events.isEmpty() ? " (no event told says so)" : " (events " + String.join(", ", events) + ")");
    }
}
