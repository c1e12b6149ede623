package io.milepost.analytics.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a benchmark prints. */
final class Report {

    private Report() {}

    static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Columns of rounds, each as its median, its range and its ratio to the first column's in the same rounds. */
    static void columns(String what, List<String> names, List<double[]> rounds) {
        print("%s, median of %d rounds (least - most), the first / this", what, rounds.size());
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            double[] values = sorted(rounds, row -> row[column]);
            double[] ratios = sorted(rounds, row -> row[0] / row[column]);
            print(
                    "  %-28s %,12.2f (%,.2f - %,.2f)  %.2f (%.2f - %.2f)",
                    names.get(i),
                    median(values),
                    values[0],
                    values[values.length - 1],
                    median(ratios),
                    ratios[0],
                    ratios[ratios.length - 1]);
        }
    }

    static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double[] sorted(List<double[]> rounds, ToDoubleFunction<double[]> value) {
        double[] values = rounds.stream().mapToDouble(value).toArray();
        Arrays.sort(values);
        return values;
    }
}
