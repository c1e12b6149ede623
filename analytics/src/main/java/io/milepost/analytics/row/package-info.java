/** Facts as rows for people with SQL: written a little after the figures, whenever there is air. */
@NullMarked
package io.milepost.analytics.row;

import org.jspecify.annotations.NullMarked;
