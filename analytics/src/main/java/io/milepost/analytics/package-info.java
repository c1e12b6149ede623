/** The service that takes journey events, stores them once and computes every measure exactly. */
@NullMarked
package io.milepost.analytics;

import org.jspecify.annotations.NullMarked;
