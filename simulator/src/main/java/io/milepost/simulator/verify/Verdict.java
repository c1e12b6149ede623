package io.milepost.simulator.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a verification.
 *
 * @param questions asked of analytics
 * @param compared single values
 */
public record Verdict(long questions, long compared, List<Difference> differences) {
    public Verdict {
        differences = List.copyOf(differences);
    }

    /** Both together. */
    public Verdict and(Verdict other) {
        List<Difference> both = new ArrayList<>(differences);
        both.addAll(other.differences);
        return new Verdict(questions + other.questions, compared + other.compared, both);
    }

    public boolean agrees() {
        return differences.isEmpty();
    }
}
