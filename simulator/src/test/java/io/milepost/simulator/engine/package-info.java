@NullMarked
package io.milepost.simulator.engine;

import org.jspecify.annotations.NullMarked;
