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
     * Writes it there in ASCII.
     *
     * @param time in the years 0000 to 9999
     * @return where it ends
     */
    static int write(Instant time, byte[] text, int at) {
        long seconds = time.getEpochSecond();
        date(Math.floorDiv(seconds, SECONDS_A_DAY), text, at);
        text[at + 10] = 'T';
        int second = Math.floorMod(seconds, SECONDS_A_DAY);
        two(second / 3600, text, at + 11);
        text[at + 13] = ':';
        two(second / 60 % 60, text, at + 14);
        text[at + 16] = ':';
        two(second % 60, text, at + 17);
        int end = fraction(time.getNano(), text, at + 19);
        text[end] = 'Z';
        return end + 1;
    }

    /** By years that begin in March, so that the leap day is their last. */
    private static void date(long epochDay, byte[] text, int at) {
        long day = epochDay + DAYS_TO_EPOCH;
        long era = Math.floorDiv(day, DAYS_OF_400_YEARS);
        int ofEra = (int) Math.floorMod(day, (long) DAYS_OF_400_YEARS);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        two(year / 100, text, at);
        two(year % 100, text, at + 2);
        text[at + 4] = '-';
        two(month, text, at + 5);
        text[at + 7] = '-';
        two(ofYear - (153 * march + 2) / 5 + 1, text, at + 8);
    }

    /** None, three, six or nine digits; gives where it ends. */
    private static int fraction(int nanos, byte[] text, int at) {
        if (nanos == 0) {
            return at;
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
        int rest = digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1000 : nanos;
        text[at] = '.';
        for (int i = at + digits; i > at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits + 1;
    }

    private static void two(int number, byte[] text, int at) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
