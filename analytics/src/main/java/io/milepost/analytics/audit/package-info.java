/** Whether the kept figures agree with each other, and with the journal they come from. */
@NullMarked
package io.milepost.analytics.audit;

import org.jspecify.annotations.NullMarked;
