package io.milepost.contacts;

import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyRef;
import java.time.Instant;
import java.util.List;

/** Where the contacts of a file enter a journey. */
@FunctionalInterface
public interface EntryPoint {

    /**
     * Lets somebody enter. Called for each valid row, in the file's order; the same row comes again, with the same entry
     * id and time, when an import is run again.
     *
     * @param at the entry's time
     * @return what is to be told of it; nothing where the engine tells of itself
     */
    List<JourneyEvent> enter(Contact contact, String entryId, Instant at);

    /** For engines that do not tell of entries themselves: each contact is told as an entry of its own. */
    static EntryPoint telling(EventSource source, JourneyRef journey) {
        return (contact, entryId, at) -> List.of(source.journeyEntered(
                        at, new EntryRef(journey.journeyId(), journey.version(), entryId, contact.userId()))
                .withAttributes(contact.attributes()));
    }
}
