package io.milepost.analytics.api;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Time zones by name: those of the IANA database, and UTC. Fixed offsets are none: they know no daylight saving. */
final class Zones {

    static final String EXPECTED = "UTC or a time zone of the IANA database such as Europe/Berlin";

    private Zones() {}

    /** The zone of that id, or null where there is none. */
    static @Nullable ZoneId ofId(String id) {
        return ZoneId.getAvailableZoneIds().contains(id) ? ZoneId.of(id) : null;
    }
}
