package io.milepost.simulator.verify;

/** Undoes what a CSV writer does so that no spreadsheet takes a text for a formula. */
final class Spreadsheet {

    private static final String OPENING = "=+-@\t\r";

    private Spreadsheet() {}

    /** The text without the apostrophe in front of what opens a formula. */
    static String plain(String cell) {
        String rest = cell.startsWith("'") ? cell.substring(1).strip() : "";
        return !rest.isEmpty() && OPENING.indexOf(rest.charAt(0)) >= 0 ? cell.substring(1) : cell;
    }
}
