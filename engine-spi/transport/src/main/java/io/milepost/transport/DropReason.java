package io.milepost.transport;

/**
 * Why an event was given up.
 *
 * @since 0.1
 */
public enum DropReason {
    /** The handover queue was full and the spool's disk did not answer in time. */
    QUEUE_FULL("queue-full"),
    /** Queue and spool were full: analytics has been away for longer than there was room. */
    SPOOL_FULL("spool-full"),
    /** The queue was full and the disk refused to take more. */
    SPOOL_FAILED("spool-failed"),
    /** It could not be read back from the spool. */
    DAMAGED("damaged"),
    /** Analytics refused the request though the event was alone in it (400, 413, 415). */
    REFUSED("refused"),
    /** Analytics took the request and rejected this event. It keeps it, with its reason, to be mended and replayed. */
    REJECTED("rejected"),
    /** It could not be written as JSON, or is larger than the spool. */
    UNWRITABLE("unwritable"),
    /** It came after the transport was closed. */
    CLOSED("closed");

    private final String wireName;

    DropReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
