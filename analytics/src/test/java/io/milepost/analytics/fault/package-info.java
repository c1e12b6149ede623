/** What must be kept when disks, databases, processes or clocks fail. */
@NullMarked
package io.milepost.analytics.fault;

import org.jspecify.annotations.NullMarked;
