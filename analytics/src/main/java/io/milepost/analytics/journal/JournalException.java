package io.milepost.analytics.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be written, or what is stored cannot be trusted. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
