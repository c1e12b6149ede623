/**
 * Tells the journeys of a Flowable engine, 7 or 8: {@link io.milepost.flowable.JourneysConfigurator} to switch it on,
 * {@link io.milepost.flowable.Journeys} for delegates that send.
 */
@NullMarked
package io.milepost.flowable;

import org.jspecify.annotations.NullMarked;
