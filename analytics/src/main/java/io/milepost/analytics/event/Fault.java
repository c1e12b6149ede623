package io.milepost.analytics.event;

import io.milepost.analytics.event.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Why the event being read cannot be accepted. Without a stack trace: bad events may come by the thousand. */
final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    final Reason reason;
    final @Nullable String field;
    final String detail;

    Fault(Reason reason, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.field = field;
        this.detail = detail;
    }

    static Fault missing(String field) {
        return new Fault(Reason.MISSING_FIELD, field, "required");
    }

    static Fault invalid(String field, String expected) {
        return new Fault(Reason.INVALID_FIELD, field, expected);
    }

    /** The same fault seen from the object around: {@code id} becomes {@code data.nodes[2].id}. */
    Fault within(String prefix) {
        String path = field == null || field.isEmpty() ? prefix : prefix + "." + field;
        return new Fault(reason, path, detail);
    }
}
