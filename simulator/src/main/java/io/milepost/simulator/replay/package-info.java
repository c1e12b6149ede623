/** Logs of real processes as journeys: a case becomes an entry, an activity a visit. */
@NullMarked
package io.milepost.simulator.replay;

import org.jspecify.annotations.NullMarked;
