/** A scenario as a JUnit extension: analytics runs beside the test, and the test asserts on its figures. */
@NullMarked
package io.milepost.simulator.junit;

import org.jspecify.annotations.NullMarked;
