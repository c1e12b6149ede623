package io.milepost.engines;

import io.milepost.spi.Diagnostics;
import io.milepost.spi.ReplaySource;
import java.time.Duration;
import java.util.Set;

/** An engine that was started again after a halt, with its adapter. */
public interface HaltedEngine extends AutoCloseable {
    /** Waits until analytics has answered for all that is told. */
    boolean awaitArrival(Duration deadline);

    Diagnostics diagnostics();

    ReplaySource history();

    /** The ids of the messages sent by visits that the engine's history knows as completed. */
    Set<String> mails();

    @Override
    void close();
}
