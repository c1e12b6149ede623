package io.milepost.simulator.engine;

/** What an event on its boundary can end. */
interface Interruptible {

    boolean isOpen();

    /** Closes what is open of it as cancelled. */
    void cancel();
}
