package io.milepost.analytics.store;

import java.nio.file.Path;
import java.util.Optional;

/** Copies the database while it is used. One at a time, on any thread. */
public interface Backup {

    /**
     * Writes all that was durable before the call, and perhaps some of what came since, into a file of its own, and
     * returns where that is once it survives a power cut; empty where the database has its own tools for this.
     */
    Optional<Path> take();
}
