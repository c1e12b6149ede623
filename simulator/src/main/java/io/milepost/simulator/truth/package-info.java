/**
 * What analytics should answer, computed apart from it: one person's events become facts, and facts are added up scope by
 * scope, as the definitions of the measures say. Knows nothing of the engine that told the events.
 *
 * <p>People are added one after another, so a figure of any size needs only its counters.
 */
@NullMarked
package io.milepost.simulator.truth;

import org.jspecify.annotations.NullMarked;
