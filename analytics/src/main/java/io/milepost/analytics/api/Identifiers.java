package io.milepost.analytics.api;

/** What an identifier of the event contract can look like: one that cannot exist need not be looked up. */
final class Identifiers {

    private static final int LONGEST = 200;

    private Identifiers() {}

    static boolean canBe(String identifier) {
        return !identifier.isEmpty()
                && identifier.codePointCount(0, identifier.length()) <= LONGEST
                && areReadable(identifier);
    }

    /** Whether there is neither a control character nor half a surrogate pair among the characters. */
    static boolean areReadable(String text) {
        return text.codePoints()
                .noneMatch(
                        c -> Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
