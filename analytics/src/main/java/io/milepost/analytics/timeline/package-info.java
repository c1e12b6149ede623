/** Everything known of one user, from the raw events that his history points to. */
@NullMarked
package io.milepost.analytics.timeline;

import org.jspecify.annotations.NullMarked;
