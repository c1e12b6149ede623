package io.milepost.analytics.measure;

import java.util.List;

/**
 * A page of journeys.
 *
 * @param total how many journeys the search finds on all pages
 */
public record JourneyPage(List<JourneyOverview> journeys, long total) {

    public JourneyPage {
        journeys = List.copyOf(journeys);
    }
}
