package io.milepost.analytics.cell;

import io.milepost.analytics.fold.VisitFact;
import io.milepost.analytics.history.Names;
import io.milepost.spi.JourneyDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far an entry came along the stages. It enters a stage with its first visit to one of the stage's nodes, and
 * completes it with a later visit to a node of a stage further down; the last one by converting or completing.
 */
final class StageProgress {

    private final Map<Integer, List<Integer>> stagesOfNode = new HashMap<>();
    private final int count;

    StageProgress(List<JourneyDefinition.Stage> stages, Names nodes) {
        count = stages.size();
        for (int stage = 0; stage < count; stage++) {
            for (String node : stages.get(stage).nodes()) {
                stagesOfNode
                        .computeIfAbsent(nodes.intern(node), any -> new ArrayList<>(1))
                        .add(stage);
            }
        }
    }

    int count() {
        return count;
    }

    /** For each stage: bit 0 = entered, bit 1 = completed. */
    int[] of(EntryState entry, int reasonCompleted) {
        int[] progress = new int[count];
        for (VisitFact visit : entry.facts().visits()) {
            for (int stage : stagesOfNode.getOrDefault(visit.node(), List.of())) {
                for (int earlier = 0; earlier < stage; earlier++) {
                    progress[earlier] |= (progress[earlier] & 1) << 1;
                }
            }
            // Only after the look back: a visit does not complete a stage that it enters itself.
            for (int stage : stagesOfNode.getOrDefault(visit.node(), List.of())) {
                progress[stage] |= 1;
            }
        }
        if (count > 0 && (entry.converted() || entry.facts().head().reason() == reasonCompleted)) {
            progress[count - 1] |= (progress[count - 1] & 1) << 1;
        }
        return progress;
    }
}
