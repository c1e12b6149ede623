/** Asks analytics over HTTP for every figure there is a truth of, and lists what differs. */
@NullMarked
package io.milepost.simulator.verify;

import org.jspecify.annotations.NullMarked;
