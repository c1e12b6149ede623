/**
 * What an engine says about its journeys: one immutable record for each event type of the open vocabulary, and the
 * few interfaces by which they leave the engine.
 */
@NullMarked
package io.milepost.spi;

import org.jspecify.annotations.NullMarked;
