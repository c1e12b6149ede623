package io.milepost.analytics.event;

import org.jspecify.annotations.Nullable;

/**
 * Why one event was turned away.
 *
 * @param id the event's id where it could be read, else null
 * @param field path of the field at fault, e.g. {@code data.nodeId}; null where it is the whole
 * @param detail one sentence: what was expected
 */
public record Rejection(Reason reason, @Nullable String id, @Nullable String field, String detail) {

    /** The closed list of reasons, with their codes. */
    public enum Reason {
        MISSING_FIELD("missing-field"),
        INVALID_FIELD("invalid-field"),
        UNKNOWN_TYPE("unknown-type"),
        INVALID_TIME("invalid-time"),
        TIME_IN_FUTURE("time-in-future"),
        TOO_LARGE("too-large"),
        ID_CONFLICT("id-conflict"),
        NOT_JSON("not-json");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
