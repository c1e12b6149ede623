@NullMarked
package io.milepost.transport;

import org.jspecify.annotations.NullMarked;
