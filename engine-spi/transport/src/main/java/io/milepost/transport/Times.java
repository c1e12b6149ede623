package io.milepost.transport;

import java.time.Instant;

/** Instants as {@link Instant#toString} has them, in a tenth of its time: it is done for each event. */
final class Times {

    /** Characters of an instant of the vocabulary at most. */
    static final int LONGEST = 30;

    private static final int SECONDS_A_DAY = 86_400;
    private static final int DAYS_OF_400_YEARS = 146_097;
    /** From the first of March of the year 0 to the first of January 1970. */
    private static final int DAYS_TO_EPOCH = 719_468;

    private Times() {}

    /**
     * Writes it to the beginning of the array.
     *
     * @param time in the years 0000 to 9999
     * @return its length
     */
    static int write(Instant time, char[] text) {
        long seconds = time.getEpochSecond();
        date(Math.floorDiv(seconds, SECONDS_A_DAY), text);
        text[10] = 'T';
        int second = Math.floorMod(seconds, SECONDS_A_DAY);
        two(second / 3600, text, 11);
        text[13] = ':';
        two(second / 60 % 60, text, 14);
        text[16] = ':';
        two(second % 60, text, 17);
        int end = fraction(time.getNano(), text);
        text[end] = 'Z';
        return end + 1;
    }

    /** By years that begin in March, so that the leap day is their last. */
    private static void date(long epochDay, char[] text) {
        long day = epochDay + DAYS_TO_EPOCH;
        long era = Math.floorDiv(day, DAYS_OF_400_YEARS);
        int ofEra = (int) Math.floorMod(day, (long) DAYS_OF_400_YEARS);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        two(year / 100, text, 0);
        two(year % 100, text, 2);
        text[4] = '-';
        two(month, text, 5);
        text[7] = '-';
        two(ofYear - (153 * march + 2) / 5 + 1, text, 8);
    }

    /** None, three, six or nine digits; gives where it ends. */
    private static int fraction(int nanos, char[] text) {
        if (nanos == 0) {
            return 19;
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
        int rest = digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1000 : nanos;
        text[19] = '.';
        for (int i = 19 + digits; i > 19; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return 20 + digits;
    }

    private static void two(int number, char[] text, int at) {
        text[at] = (char) ('0' + number / 10);
        text[at + 1] = (char) ('0' + number % 10);
    }
}
