/** What goes wrong on the way from an engine to analytics. */
@NullMarked
package io.milepost.simulator.fault;

import org.jspecify.annotations.NullMarked;
