/** What a run has to say, to people and to machines. */
@NullMarked
package io.milepost.simulator.report;

import org.jspecify.annotations.NullMarked;
