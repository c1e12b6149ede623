@NullMarked
package io.milepost.simulator.scenario;

import org.jspecify.annotations.NullMarked;
