/** Files that are written while nobody waits: ordered, kept for a while, fetched. */
@NullMarked
package io.milepost.analytics.report;

import org.jspecify.annotations.NullMarked;
