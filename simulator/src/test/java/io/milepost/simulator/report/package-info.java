@NullMarked
package io.milepost.simulator.report;

import org.jspecify.annotations.NullMarked;
