@NullMarked
package io.milepost.simulator.fault;

import org.jspecify.annotations.NullMarked;
