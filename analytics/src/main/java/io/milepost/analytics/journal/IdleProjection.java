package io.milepost.analytics.journal;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Where no figures are wanted: the journal alone. */
@Singleton
@Requires(missingBeans = Projection.class)
final class IdleProjection implements Projection {

    @Override
    public void replay(Block block) {}

    @Override
    public void finishReplay() {}

    @Override
    public void apply(Block block) {}
}
