/** The HTTP door for events: bodies in, counts and reasons out once what was accepted is durable. */
@NullMarked
package io.milepost.analytics.ingest;

import org.jspecify.annotations.NullMarked;
