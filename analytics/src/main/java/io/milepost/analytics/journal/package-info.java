/** The truth: accepted events in durable blocks, each event once, and their way into the projection. */
@NullMarked
package io.milepost.analytics.journal;

import org.jspecify.annotations.NullMarked;
