/**
 * The judge: what every figure means, said once more in the plainest way and sharing nothing with the code it judges, with the
 * awkward streams, the laws and the harness that hold any {@link io.milepost.analytics.reference.Subject} to it.
 */
@NullMarked
package io.milepost.analytics.reference;

import org.jspecify.annotations.NullMarked;
