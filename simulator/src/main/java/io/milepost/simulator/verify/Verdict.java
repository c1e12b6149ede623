package io.milepost.simulator.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a verification.
 *
 * @param questions asked of analytics
 * @param compared single values
 * @param notes what else people should know, e.g. what analytics does not offer
 */
public record Verdict(long questions, long compared, List<Difference> differences, List<String> notes) {
    public Verdict {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    public Verdict(long questions, long compared, List<Difference> differences) {
        this(questions, compared, differences, List.of());
    }

    /** Both together. */
    public Verdict and(Verdict other) {
        List<Difference> both = new ArrayList<>(differences);
        both.addAll(other.differences);
        List<String> told = new ArrayList<>(notes);
        told.addAll(other.notes);
        return new Verdict(questions + other.questions, compared + other.compared, both, told);
    }

    public boolean agrees() {
        return differences.isEmpty();
    }
}
