package io.milepost.analytics.store;

/** The database did not do what it was asked; whether a write arrived is not known. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
