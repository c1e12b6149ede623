/**
 * What facts add up to: for each question, scope and UTC day a count and the set of users. Cells are changed by what a
 * user's facts contributed before and contribute now, so that every change of history is the same operation.
 */
@NullMarked
package io.milepost.analytics.cell;

import org.jspecify.annotations.NullMarked;
