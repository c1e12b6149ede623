package io.milepost.analytics.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was looked at, and what did not hold. One thread. */
final class Findings {

    private static final int SHOWN = 20;
    private static final int LONGEST = 500;

    private final Map<Law, Found> found = new EnumMap<>(Law.class);

    private static final class Found {
        private long checked;
        private long violated;
        private final List<Violation> shown = new ArrayList<>();
    }

    void equal(Law law, String scope, String what, long expected, String terms, long actual) {
        check(law, scope, expected == actual, what + " " + expected, terms + " = " + actual);
    }

    void atMost(Law law, String scope, String what, long most, String of, long actual) {
        check(law, scope, actual <= most, "at most " + what + " " + most, of + " " + actual);
    }

    void check(Law law, String scope, boolean holds, Object expected, Object actual) {
        checked(law, 1);
        if (!holds) {
            violated(law, scope, expected, actual);
        }
    }

    void checked(Law law, long times) {
        of(law).checked += times;
    }

    void violated(Law law, String scope, Object expected, Object actual) {
        Found of = of(law);
        of.violated++;
        if (of.shown.size() < SHOWN) {
            of.shown.add(new Violation(cut(scope), cut(expected.toString()), cut(actual.toString())));
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private Found of(Law law) {
        return found.computeIfAbsent(law, any -> new Found());
    }

    List<LawReport> reports() {
        return Stream.of(Law.values()).map(this::report).toList();
    }

    private LawReport report(Law law) {
        Found of = of(law);
        return new LawReport(law.id(), law.statement(), of.checked, of.violated, List.copyOf(of.shown));
    }
}
