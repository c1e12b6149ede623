@NullMarked
package io.milepost.simulator.cli;

import org.jspecify.annotations.NullMarked;
