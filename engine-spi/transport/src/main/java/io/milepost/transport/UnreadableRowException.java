package io.milepost.transport;

/** What a row has is no events of ours. */
final class UnreadableRowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long row;

    UnreadableRowException(long row, Exception cause) {
        super("row " + row + " of the outbox is damaged", cause);
        this.row = row;
    }

    long row() {
        return row;
    }
}
