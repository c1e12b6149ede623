/**
 * The kit a vendor runs against an adapter: {@link io.milepost.tck.JourneyEngineKit}, its numbered rules, its journeys and
 * the recorder that prints the history when a rule is broken.
 */
@NullMarked
package io.milepost.tck;

import org.jspecify.annotations.NullMarked;
