/** What holds for the service as a whole: who may reach it, what every response carries, where time comes from. */
@NullMarked
package io.milepost.analytics.config;

import org.jspecify.annotations.NullMarked;
