@NullMarked
package io.milepost.simulator.truth;

import org.jspecify.annotations.NullMarked;
