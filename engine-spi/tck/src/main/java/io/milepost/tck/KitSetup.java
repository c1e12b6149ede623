package io.milepost.tck;

import io.milepost.spi.AdapterContext;

/**
 * What the kit asks of an engine it has started.
 *
 * @param context to attach the adapter with
 * @param steps what a journey's steps do
 * @param database names the engine's database; an engine started again with the same name finds what it left there, as
 *     long as the process lives
 * @param history whether the engine may keep a history of its own
 * @since 0.1
 */
public record KitSetup(AdapterContext context, KitSteps steps, String database, boolean history) {}
