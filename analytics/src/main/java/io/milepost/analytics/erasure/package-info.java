/** Makes users unknown: in what is stored, in what is computed, and in what still comes. */
@NullMarked
package io.milepost.analytics.erasure;

import org.jspecify.annotations.NullMarked;
