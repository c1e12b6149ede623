package io.milepost.simulator.verify;

import io.milepost.simulator.verify.Findings.Behind;
import io.milepost.spi.JourneyEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says by which rows lists of analytics differ from those of the truth. All people's lives are gone through once for all lists
 * together, and once before if some are too long to be held.
 */
final class Reasons {

    private static final int MOST_LISTS = 12;
    private static final long MOST_HELD = 20_000;

    private final Consumer<Consumer<List<JourneyEvent>>> lives;
    private final long mostHeld;
    private final Map<String, ListComparison> lists = new LinkedHashMap<>();

    /** @param lives tells the events of each person once more, person by person */
    Reasons(Consumer<Consumer<List<JourneyEvent>>> lives) {
        this(lives, MOST_HELD);
    }

    /** @param mostHeld rows of a list in memory */
    Reasons(Consumer<Consumer<List<JourneyEvent>>> lives, long mostHeld) {
        this.lives = lives;
        this.mostHeld = mostHeld;
    }

    void wonder(Behind behind) {
        if (lists.size() < MOST_LISTS) {
            lists.computeIfAbsent(behind.name(), name -> new ListComparison(behind, mostHeld));
        }
    }

    void find() {
        if (lists.isEmpty()) {
            return;
        }
        lists.values().forEach(ListComparison::fetch);
        weigh(lists.values().stream().filter(ListComparison::isLong).toList());
        lives.accept(events -> lists.values().forEach(list -> list.compare(events)));
        lists.values().forEach(ListComparison::rest);
    }

    private void weigh(List<ListComparison> longOnes) {
        if (longOnes.isEmpty()) {
            return;
        }
        lives.accept(events -> longOnes.forEach(list -> list.weigh(events)));
        longOnes.forEach(ListComparison::fetchDiffering);
    }

    Difference explain(Difference difference, Behind behind) {
        ListComparison list = lists.get(behind.name());
        return list == null ? difference : list.explain(difference);
    }
}
