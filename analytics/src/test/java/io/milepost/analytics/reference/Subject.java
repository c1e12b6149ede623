package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What is judged: anything that takes events and answers figures. One thread at a time. */
public interface Subject extends AutoCloseable {

    /**
     * Takes one batch of valid events; when it returns they are part of every figure.
     *
     * @throws IllegalStateException where an event is turned away, or counted as new though it is not
     */
    void feed(List<String> events);

    /** In the shape of the HTTP interface. */
    JsonNode figures(FigureRequest request);

    /** False where {@link #restart()} can't be asked for. */
    default boolean restarts() {
        return true;
    }

    /** Stops and starts again, or rebuilds, with nothing but what was stored. */
    void restart();

    @Override
    void close();
}
