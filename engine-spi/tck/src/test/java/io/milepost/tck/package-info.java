@NullMarked
package io.milepost.tck;

import org.jspecify.annotations.NullMarked;
