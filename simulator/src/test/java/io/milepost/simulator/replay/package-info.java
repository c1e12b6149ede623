@NullMarked
package io.milepost.simulator.replay;

import org.jspecify.annotations.NullMarked;
