package io.milepost.analytics.export;

import java.text.Normalizer;

/** Text that a spreadsheet could take for a formula, or for one once someone edits the cell. */
final class Formulas {

    private static final String OPENING = "=+-@\t\r";

    private Formulas() {}

    /** Whether it begins, spaces aside, with a character that opens a formula, or with a full-width form of one. */
    static boolean mayBe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (OPENING.indexOf(narrow(c)) >= 0) {
                return true;
            }
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != '\uFEFF') {
                return false;
            }
        }
        return false;
    }

    /** E.g. {@code =} for its full-width and small forms. */
    private static char narrow(char c) {
        return c < 0x80
                ? c
                : Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).charAt(0);
    }
}
