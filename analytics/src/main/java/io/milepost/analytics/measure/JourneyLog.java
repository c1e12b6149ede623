package io.milepost.analytics.measure;

import java.io.IOException;
import java.io.OutputStream;

/** What happened in a journey, for other tools and other houses. Any number of threads; holds no lock while it writes. */
public interface JourneyLog {

    /**
     * Writes the accepted events that the journey's figures are made of, in the order of their acceptance, each as one line
     * of JSON as it was received: definitions, the events of entries, messages and imports, who was turned away, and the own
     * events of users who entered. Costs as much as the whole journal.
     */
    void events(String journeyId, OutputStream out) throws IOException;

    /**
     * Writes the entries of the journey as XES (IEEE 1849): a trace an entry, by start and id, with its visits, messages,
     * engagements and outcomes as they are counted.
     *
     * @param scope chooses entries by their start, version, variant and test
     */
    void traces(String journeyId, Scope scope, OutputStream out) throws IOException;
}
