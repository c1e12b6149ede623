package io.milepost.analytics.measure;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;

/**
 * Who was engaged in a month: had an entry, no test, that started in the calendar month of a zone; in whatever journey,
 * with messages or without. Any number of threads.
 */
public interface EngagedPersons {

    Month month(YearMonth month, ZoneId zone);

    /** One row a person, by the time of engagement, then by the person's id. Holds some 30 bytes a row, and no lock. */
    Report report(YearMonth month, ZoneId zone);

    /**
     * The month's figures.
     *
     * @param byJourney the ten journeys that engaged most, ties by id; may add up to more than all persons
     */
    record Month(long persons, List<OfJourney> byJourney) {}

    @Schema(name = "JourneyPersons", description = "The persons whom a journey engaged in the month.")
    record OfJourney(
            @Schema(description = "The journey's id.", example = "onboarding") String journeyId,
            @Schema(description = "Its name; the id where it has none.", example = "Onboarding") String name,
            @Schema(description = "Distinct persons.", example = "1200") long persons) {}

    /** Rows are told as they are taken. One thread. */
    interface Report {

        int size();

        /** Those from that place on. */
        Iterator<Person> from(int first);
    }

    @Schema(name = "EngagedPerson", description = "A person engaged in the month, by the first entry in it.")
    record Person(
            @Schema(description = "The user's id.", example = "user-1") String personId,
            @Schema(description = "Start of the person's first entry of the month.", example = "2026-03-02T10:15:30Z")
                    Instant engagedAt,
            @Schema(description = "When the person became billable: on engagement.", example = "2026-03-02T10:15:30Z")
                    Instant billedAt,
            @Schema(description = "Id of that entry's journey.", example = "onboarding") String campaignId,
            @Schema(description = "Its name; the id where it has none.", example = "Onboarding") String campaignName) {}
}
