package io.milepost.spi;

import org.jspecify.annotations.Nullable;

/**
 * Tells which user an entry belongs to.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UserResolver {

    /**
     * The user's id, or null where this resolver can't tell. Called at least once for each entry, in the engine's thread
     * and transaction: must not block, and must always tell the same of the same entry. If it throws, the adapter counts
     * it and goes on as with null.
     *
     * @param instance valid during the call only
     */
    @Nullable
    String userOf(Instance instance);

    /** This one, and where it can't tell the other. */
    default UserResolver or(UserResolver other) {
        return instance -> {
            String user = userOf(instance);
            return user == null ? other.userOf(instance) : user;
        };
    }

    /** The business key is the user. */
    static UserResolver businessKey() {
        return Instance::businessKey;
    }

    /** The variable of that name, a string or a number, is the user. */
    static UserResolver variable(String name) {
        return instance -> {
            Object value = instance.variable(name);
            return value instanceof String || value instanceof Number ? value.toString() : null;
        };
    }

    /**
     * The outermost process instance of an entry, as the engine has it at that moment: a called child is asked for by
     * its root.
     *
     * @since 0.1
     */
    interface Instance {
        /** The engine's id of it. */
        String id();

        /** Key of its process definition. */
        String journeyId();

        default @Nullable String businessKey() {
            return null;
        }

        /** Value of a variable; null where it is not set, or no longer there. Doesn't load what the engine has not at hand. */
        default @Nullable Object variable(String name) {
            return null;
        }

        default @Nullable String tenantId() {
            return null;
        }
    }
}
