/** Puts the parts together: plays a world to analytics and holds analytics to the truth of it. */
@NullMarked
package io.milepost.simulator.run;

import org.jspecify.annotations.NullMarked;
