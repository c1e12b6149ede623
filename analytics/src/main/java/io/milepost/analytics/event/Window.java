package io.milepost.analytics.event;

import java.time.Duration;

/** Durations written {@code PnDTnHnMnS} in whole numbers, a day being 24 hours. */
final class Window {

    private static final String UNITS = "DHMS";
    private static final long[] SECONDS = {86_400, 3600, 60, 1};
    /** Longer than any distance between two instants we know. */
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    private Window() {}

    /** Values past what a {@link Duration} holds are cut to its longest: as good as for ever. */
    static Duration parse(String field, String text) throws Fault {
        if (!text.startsWith("P") || text.length() < 3) {
            throw invalid(field);
        }
        Duration sum = Duration.ZERO;
        int unit = 0;
        boolean time = false;
        int at = 1;
        while (at < text.length()) {
            if (text.charAt(at) == 'T' && !time && at + 1 < text.length()) {
                time = true;
                unit = Math.max(unit, 1);
                at++;
            }
            int end = endOfDigits(text, at);
            int found = end == at || end == text.length() ? -1 : UNITS.indexOf(text.charAt(end));
            if (found < unit || found == 0 == time) {
                throw invalid(field);
            }
            sum = plus(sum, text.substring(at, end), SECONDS[found]);
            unit = found + 1;
            at = end + 1;
        }
        return sum;
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static Duration plus(Duration sum, String count, long secondsEach) {
        try {
            return sum.plusSeconds(Math.multiplyExact(Long.parseLong(count), secondsEach));
        } catch (ArithmeticException | NumberFormatException tooLong) {
            return LONGEST;
        }
    }

    private static Fault invalid(String field) {
        return Fault.invalid(field, "expected a duration PnDTnHnMnS in whole numbers, such as P1D or PT36H");
    }
}
