package io.milepost.simulator.run;

import io.milepost.spi.Diagnostics;
import io.milepost.transport.Delivery;
import java.time.Duration;

/**
 * What became of a world on its way to analytics.
 *
 * @param told events of the engine, each once
 * @param faults what was done to them on the way
 * @param complete whether analytics has answered for all of them
 * @param generation from the start until the last was emitted
 * @param delivered from the start until analytics had answered for the last
 */
public record Played(
        long told, Diagnostics faults, Delivery delivery, boolean complete, Duration generation, Duration delivered) {}
