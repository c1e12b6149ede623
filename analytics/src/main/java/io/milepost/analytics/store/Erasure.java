package io.milepost.analytics.store;

/** Makes users unknown. Any number of threads. */
public interface Erasure {

    /**
     * Takes the person's id, attributes and raw data out of everything that is stored; figures stay as they are, and late
     * events do not bring the person back. Durable once it returns; done again, or to nobody, it changes nothing.
     */
    void erase(String userId);
}
