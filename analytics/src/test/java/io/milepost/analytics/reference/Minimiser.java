package io.milepost.analytics.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing list small. */
public final class Minimiser {

    private Minimiser() {}

    /**
     * Leaves out ever smaller runs of items as long as the rest still fails; in the end no single item can be left out.
     * Asks the predicate up to some n log n times, more where few items can go.
     *
     * @param fails of the whole list it must be true
     */
    public static <T> List<T> reduce(List<T> items, Predicate<List<T>> fails) {
        List<T> rest = new ArrayList<>(items);
        int run = Math.max(1, rest.size() / 2);
        while (true) {
            boolean shorter = leaveOut(rest, run, fails);
            if (run == 1 && !shorter) {
                return rest;
            }
            run = Math.max(1, run / 2);
        }
    }

    private static <T> boolean leaveOut(List<T> rest, int run, Predicate<List<T>> fails) {
        boolean shorter = false;
        int start = rest.size();
        while (start > 0) {
            start = Math.max(0, start - run);
            List<T> fewer = new ArrayList<>(rest);
            fewer.subList(start, Math.min(rest.size(), start + run)).clear();
            if (fewer.size() < rest.size() && fails.test(fewer)) {
                rest.clear();
                rest.addAll(fewer);
                shorter = true;
            }
        }
        return shorter;
    }
}
