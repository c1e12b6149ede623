@NullMarked
package io.milepost.operaton;

import org.jspecify.annotations.NullMarked;
