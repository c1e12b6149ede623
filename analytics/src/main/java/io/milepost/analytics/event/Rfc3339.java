package io.milepost.analytics.event;

import io.milepost.analytics.event.Rejection.Reason;

/** RFC 3339 date-times with an offset, to nanoseconds since the epoch. */
final class Rfc3339 {

    private static final String EXPECTED =
            "expected an RFC 3339 date-time with an offset, such as 2026-03-01T12:00:00Z";
    private static final String OUT_OF_RANGE = "expected an instant between the years 1678 and 2261";
    private static final long NANOS = 1_000_000_000L;
    private static final int SHORTEST = "2026-03-01T12:00:00Z".length();

    private Rfc3339() {}

    /** Digits after the ninth of the fraction are cut; a leap second is read as the second before it. */
    static long parse(String text) throws Fault {
        if (text.length() < SHORTEST
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) | 0x20) != 't'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw invalid(EXPECTED);
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            throw invalid("there is no such day");
        }
        if (hour > 23 || minute > 59 || second > 60) {
            throw invalid("there is no such time of day");
        }
        int end = endOfFraction(text, 19);
        long nano = fraction(text, end);
        int offset = offsetSeconds(text, end);
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3600 + minute * 60 + Math.min(second, 59) - offset;
        if (second == 60 && Math.floorMod(seconds, 86_400L) != 86_399) {
            throw invalid("a leap second comes at 23:59:60 UTC only");
        }
        return toNanos(seconds, nano);
    }

    private static long toNanos(long seconds, long nano) throws Fault {
        long limit = Long.MAX_VALUE / NANOS;
        if (seconds >= limit) {
            throw new Fault(Reason.TIME_IN_FUTURE, "time", OUT_OF_RANGE);
        }
        if (seconds <= -limit) {
            throw invalid(OUT_OF_RANGE);
        }
        return seconds * NANOS + nano;
    }

    private static int endOfFraction(String text, int start) throws Fault {
        if (text.charAt(start) != '.') {
            return start;
        }
        int end = start + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end == start + 1) {
            throw invalid(EXPECTED);
        }
        return end;
    }

    private static long fraction(String text, int end) {
        long nano = 0;
        for (int i = 20; i < 29; i++) {
            nano = nano * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nano;
    }

    private static int offsetSeconds(String text, int start) throws Fault {
        int rest = text.length() - start;
        if (rest == 1 && (text.charAt(start) | 0x20) == 'z') {
            return 0;
        }
        if (rest != 6 || text.charAt(start + 3) != ':') {
            throw invalid(EXPECTED);
        }
        char sign = text.charAt(start);
        int hours = digits(text, start + 1, 2);
        int minutes = digits(text, start + 4, 2);
        if ((sign != '+' && sign != '-') || hours > 23 || minutes > 59) {
            throw invalid(EXPECTED);
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private static int digits(String text, int start, int count) throws Fault {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                throw invalid(EXPECTED);
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01, counted in years that begin in March so that the leap day comes last. */
    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static Fault invalid(String expected) {
        return new Fault(Reason.INVALID_TIME, "time", expected);
    }
}
