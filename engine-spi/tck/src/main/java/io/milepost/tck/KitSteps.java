package io.milepost.tck;

import io.milepost.spi.MessageRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of the kit's journeys do. The engine under test calls {@link #run} for each step it executes, inside the
 * step's transaction. Any thread.
 *
 * @since 0.1
 */
public final class KitSteps {
    private final Map<String, Consumer<Step>> behaviours = new ConcurrentHashMap<>();

    KitSteps() {}

    /** Does what the rule wants done at that step. What it throws must leave the engine's own call. */
    public void run(Step step) {
        behaviours.getOrDefault(step.nodeId(), idle -> {}).accept(step);
    }

    void at(String nodeId, Consumer<Step> behaviour) {
        behaviours.put(nodeId, behaviour);
    }

    void reset() {
        behaviours.clear();
    }

    /**
     * A step under way, as the engine's facade for its workers sees it.
     *
     * @since 0.1
     */
    public interface Step {
        String nodeId();

        /** By the facade of the adapter. */
        default void sent(MessageRef message) {
            throw new UnsupportedOperationException("the engine tells no messages");
        }

        /** By the facade of the adapter. */
        default void failed(MessageRef message, @Nullable String reason) {
            throw new UnsupportedOperationException("the engine tells no messages");
        }

        /** By the facade of the adapter. */
        default void outcome(String name, @Nullable Object value) {
            throw new UnsupportedOperationException("the engine tells no outcomes");
        }
    }

    /**
     * A step that fails as a broken provider makes it fail: the engine rolls back.
     *
     * @since 0.1
     */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken() {
            super("the kit broke this step on purpose", null, false, false);
        }
    }

    /**
     * A business error of that code, which the engine under test throws as its own kind of BPMN error.
     *
     * @since 0.1
     */
    public static final class BusinessError extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String code;

        BusinessError(String code) {
            super("the kit threw the error " + code, null, false, false);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
