/** What is kept beside the journal. */
@NullMarked
package io.milepost.analytics.store;

import org.jspecify.annotations.NullMarked;
