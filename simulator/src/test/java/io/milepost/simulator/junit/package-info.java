@NullMarked
package io.milepost.simulator.junit;

import org.jspecify.annotations.NullMarked;
