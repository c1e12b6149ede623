/**
 * Files of contacts that are to enter a journey: which rows are valid, who enters by them, and what is told of the
 * import. For the entry point of any engine.
 */
@NullMarked
package io.milepost.contacts;

import org.jspecify.annotations.NullMarked;
