/** What the stages ask of the database, without saying which. */
@NullMarked
package io.milepost.analytics.store;

import org.jspecify.annotations.NullMarked;
