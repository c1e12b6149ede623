/** The accepted event in flat form, and its reader: JSON in, event or reason of rejection out. No framework, no clock. */
@NullMarked
package io.milepost.analytics.event;

import org.jspecify.annotations.NullMarked;
