package io.milepost.contacts;

import java.io.IOException;

/** A file of which no row can be read. The message is for people, and has nothing of the file but names of columns. */
public final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message);
    }
}
