@NullMarked
package io.milepost.flowable;

import org.jspecify.annotations.NullMarked;
