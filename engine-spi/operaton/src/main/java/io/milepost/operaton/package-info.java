/**
 * Tells the journeys of an Operaton engine: {@link io.milepost.operaton.JourneysPlugin} to switch it on,
 * {@link io.milepost.operaton.Journeys} for delegates that send.
 */
@NullMarked
package io.milepost.operaton;

import org.jspecify.annotations.NullMarked;
