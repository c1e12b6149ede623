/**
 * What the cells are folded from, kept in a file from time to time, so that a start reads that and not the whole journal.
 * Nothing depends on the file: without it a start takes longer.
 */
@NullMarked
package io.milepost.analytics.checkpoint;

import org.jspecify.annotations.NullMarked;
