@NullMarked
package io.milepost.spi;

import org.jspecify.annotations.NullMarked;
