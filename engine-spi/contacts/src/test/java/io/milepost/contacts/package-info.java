@NullMarked
package io.milepost.contacts;

import org.jspecify.annotations.NullMarked;
