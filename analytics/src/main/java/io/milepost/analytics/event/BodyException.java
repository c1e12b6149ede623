package io.milepost.analytics.event;

/** A body that is turned away as a whole. */
public final class BodyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    private BodyException(boolean tooLarge, String message) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    public static BodyException malformed(String message) {
        return new BodyException(false, message);
    }

    public static BodyException tooLarge(String message) {
        return new BodyException(true, message);
    }

    /** Too large, or else no JSON of the expected kind. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Never null; names no content of the body. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
