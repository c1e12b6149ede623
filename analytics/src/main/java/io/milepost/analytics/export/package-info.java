/** Tables as files: columns are declared once, and every format follows the declaration. */
@NullMarked
package io.milepost.analytics.export;

import org.jspecify.annotations.NullMarked;
