@NullMarked
package io.milepost.simulator;

import org.jspecify.annotations.NullMarked;
