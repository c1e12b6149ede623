/** An application to try: customers who sign up, are welcomed and reminded, and order or don't, in an engine of its own. */
@NullMarked
package io.milepost.operaton.example;

import org.jspecify.annotations.NullMarked;
