/**
 * A process engine in virtual time. Every user has a generator of random numbers of his own, so that his life is the same
 * whether it is lived alone or among a million others.
 */
@NullMarked
package io.milepost.simulator.engine;

import org.jspecify.annotations.NullMarked;
