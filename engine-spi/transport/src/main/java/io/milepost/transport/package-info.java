/**
 * The way of an event from the engine's thread to analytics: handover queue, spool on disk, HTTP sender. The one entrance
 * is {@link io.milepost.transport.Transport}.
 */
@NullMarked
package io.milepost.transport;

import org.jspecify.annotations.NullMarked;
