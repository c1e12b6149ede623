package io.milepost.simulator.verify;

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

    public boolean agrees() {
        return differences.isEmpty();
    }
}
