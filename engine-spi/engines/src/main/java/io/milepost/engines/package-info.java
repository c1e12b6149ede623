/** What the tests of all adapters share: it is no part of what is shipped. */
@NullMarked
package io.milepost.engines;

import org.jspecify.annotations.NullMarked;
