/** The command line. Exit codes: 0 agrees, 1 differs, 2 wrong use, 3 analytics unreachable. */
@NullMarked
package io.milepost.simulator.cli;

import org.jspecify.annotations.NullMarked;
