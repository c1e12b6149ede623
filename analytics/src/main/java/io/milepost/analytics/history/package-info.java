/**
 * Every accepted event once more, in the compact form from which figures are folded: one segment an entry, one for each
 * user's own events, and the dictionaries and tables that lead an event to its entry and an entry to its user.
 */
@NullMarked
package io.milepost.analytics.history;

import org.jspecify.annotations.NullMarked;
