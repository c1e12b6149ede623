package io.milepost.contacts;

import java.io.IOException;

/** Not all that an import told has arrived: it is to be run again, and what has arrived counts once. */
public final class UndeliveredException extends IOException {

    private static final long serialVersionUID = 1L;

    UndeliveredException(String message) {
        super(message);
    }
}
