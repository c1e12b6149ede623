/** How messages fare: tries, refusals, and what people and machines do with what arrived. */
@NullMarked
package io.milepost.simulator.channel;

import org.jspecify.annotations.NullMarked;
