package io.milepost.analytics.timeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry as process mining knows it.
 *
 * @param variant null = none
 * @param events in order of time
 */
record XesTrace(
        String entryId, String userId, long version, @Nullable String variant, boolean test, List<Event> events) {

    /** Something that happened, with what is known of it. One thread. */
    static final class Event {

        private final String name;
        private final String transition;
        private final long time;
        private final Map<String, String> more = new LinkedHashMap<>();

        /**
         * Without anything else known.
         *
         * @param transition of the standard lifecycle
         * @param time nanoseconds since 1970
         */
        Event(String name, String transition, long time) {
            this.name = name;
            this.transition = transition;
            this.time = time;
        }

        /** With that too; null = not known. */
        Event with(String key, @Nullable String value) {
            if (value != null) {
                more.put(key, value);
            }
            return this;
        }

        String name() {
            return name;
        }

        String transition() {
            return transition;
        }

        long time() {
            return time;
        }

        Map<String, String> more() {
            return more;
        }
    }
}
