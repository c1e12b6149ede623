@NullMarked
package io.milepost.analytics.checkpoint;

import org.jspecify.annotations.NullMarked;
