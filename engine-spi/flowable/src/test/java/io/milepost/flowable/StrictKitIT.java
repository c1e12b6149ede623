package io.milepost.flowable;

import io.milepost.spi.AdapterContext;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitSetup;
import io.milepost.transport.StrictMode;
import java.util.Map;

/** The same rules hold where events go through the outbox in the engine's database. */
class StrictKitIT extends KitIT {
    @Override
    protected KitEngine start(KitSetup setup) {
        AdapterContext given = setup.context();
        AdapterContext strict = AdapterContext.of(given.source(), given.givenSink())
                .users(given.users())
                .nodes(given.nodes())
                .clock(given.clock())
                .settings(Map.of(StrictMode.SETTING, "true"))
                .build();
        return RealEngine.start(new KitSetup(strict, setup.steps(), setup.database(), setup.history()));
    }
}
