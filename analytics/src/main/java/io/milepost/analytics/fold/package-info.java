/**
 * What a history says: entries, visits, messages, engagements, outcomes and conversions. Pure functions of the events
 * and the definitions; no framework, no clock, no I/O.
 */
@NullMarked
package io.milepost.analytics.fold;

import org.jspecify.annotations.NullMarked;
