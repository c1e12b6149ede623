@NullMarked
package io.milepost.simulator.verify;

import org.jspecify.annotations.NullMarked;
