package io.milepost.spi;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * All an adapter is given: nothing else is looked up, and nothing is static. Immutable; any thread.
 *
 * @since 0.1
 */
public final class AdapterContext {
    private final EventSource source;
    private final JourneyEventSink sink;
    private final JourneyEventSink given;
    private final InstantSource clock;
    private final UserResolver users;
    private final NodeClassifier nodes;
    private final Map<String, String> settings;

    private AdapterContext(Builder builder) {
        source = builder.source;
        sink = JourneyEventSink.isolating(builder.sink, builder.clock);
        given = builder.sink;
        clock = builder.clock;
        users = builder.users;
        nodes = builder.nodes;
        settings = Map.copyOf(builder.settings);
    }

    /** A context with the system's clock, users by business key, nodes by their BPMN, and no settings. */
    public static Builder of(EventSource source, JourneyEventSink sink) {
        return new Builder(source, sink);
    }

    /** Makes the events, and with them their ids. */
    public EventSource source() {
        return source;
    }

    /** Where committed events go; does not throw. */
    public JourneyEventSink sink() {
        return sink;
    }

    /**
     * The sink as it was given: it may throw. For an adapter that keeps what it tells until it has arrived, as that of an
     * outbox, and must know what failed. Never to be called on an engine's thread.
     */
    public JourneyEventSink givenSink() {
        return given;
    }

    /** For events whose time the engine doesn't tell. */
    public InstantSource clock() {
        return clock;
    }

    /** Who goes through a journey. */
    public UserResolver users() {
        return users;
    }

    /** What a node is. */
    public NodeClassifier nodes() {
        return nodes;
    }

    /** An adapter's own settings, by the names its documentation gives. */
    public Map<String, String> settings() {
        return settings;
    }

    /**
     * Not for several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final EventSource source;
        private final JourneyEventSink sink;
        private InstantSource clock = InstantSource.system();
        private UserResolver users = UserResolver.businessKey();
        private NodeClassifier nodes = NodeClassifier.standard();
        private Map<String, String> settings = Map.of();

        private Builder(EventSource source, JourneyEventSink sink) {
            this.source = Objects.requireNonNull(source, "source");
            this.sink = Objects.requireNonNull(sink, "sink");
        }

        public Builder clock(InstantSource given) {
            clock = Objects.requireNonNull(given, "clock");
            return this;
        }

        public Builder users(UserResolver given) {
            users = Objects.requireNonNull(given, "users");
            return this;
        }

        public Builder nodes(NodeClassifier given) {
            nodes = Objects.requireNonNull(given, "nodes");
            return this;
        }

        public Builder settings(Map<String, String> given) {
            settings = Objects.requireNonNull(given, "settings");
            return this;
        }

        public AdapterContext build() {
            return new AdapterContext(this);
        }
    }
}
