/** How every refusal reads: problem details of RFC 9457, which name what is wrong and what was expected. */
@NullMarked
package io.milepost.analytics.problem;

import org.jspecify.annotations.NullMarked;
