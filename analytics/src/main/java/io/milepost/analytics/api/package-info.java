/**
 * The questions a dashboard can ask over HTTP. A controller reads the parameters, calls one thing and puts the answer
 * into its published shape; it computes nothing.
 */
@NullMarked
package io.milepost.analytics.api;

import org.jspecify.annotations.NullMarked;
