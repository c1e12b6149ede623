/** Drives synthetic journeys through the SPI, knows the truth of them, and fails when analytics differs. */
@NullMarked
package io.milepost.simulator;

import org.jspecify.annotations.NullMarked;
