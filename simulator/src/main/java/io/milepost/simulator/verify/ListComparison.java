package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.Row;
import io.milepost.simulator.verify.Findings.Behind;
import io.milepost.spi.JourneyEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the rows by which a list of analytics differs from that of the truth. What analytics has is held meanwhile; of a list
 * too long for that, only slices that differ.
 */
final class ListComparison {

    private static final int MOST_ROWS = 5;
    private static final int MOST_EVENTS = 6;

    private final Behind behind;
    private final long most;
    private final Map<String, List<Row>> gotByUser = new HashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final Slices slices = new Slices();
    private final BitSet looked = new BitSet();
    private boolean everySlice = true;
    private long rows;
    private String refused = "";
    private long missing;
    private long tooMany;

    /** @param most rows to be held */
    ListComparison(Behind behind, long most) {
        this.behind = behind;
        this.most = most;
    }

    void fetch() {
        fetch(row -> {
            slices.got(row);
            if (++rows <= most) {
                hold(row);
            } else {
                gotByUser.clear();
            }
        });
    }

    /** Whether there are more rows than may be held: then all people are to be weighed before they are compared. */
    boolean isLong() {
        return refused.isEmpty() && rows > most;
    }

    void weigh(List<JourneyEvent> events) {
        behind.expected().apply(events).forEach(slices::expected);
    }

    /** Fetches the rows of slices that differ, once all people are weighed. */
    void fetchDiffering() {
        BitSet differing = slices.differing();
        looked.or(slices.upTo(most, differing));
        everySlice = looked.equals(differing);
        fetch(row -> {
            if (looks(row)) {
                hold(row);
            }
        });
    }

    private void fetch(Consumer<Row> row) {
        try {
            behind.got().accept(row);
        } catch (AnalyticsException e) {
            refused = String.valueOf(e.getMessage());
        }
    }

    private void hold(Row row) {
        gotByUser.computeIfAbsent(row.userId(), user -> new ArrayList<>(1)).add(row);
    }

    private boolean looks(Row row) {
        return rows <= most || looked.get(Slices.of(row));
    }

    void compare(List<JourneyEvent> events) {
        if (!refused.isEmpty()) {
            return;
        }
        for (Row row : behind.expected().apply(events)) {
            if (looks(row) && !removeOne(gotByUser.getOrDefault(row.userId(), List.of()), row)) {
                differs(row, true, events);
            }
        }
        for (String user : Ledger.users(events)) {
            List<Row> left = gotByUser.remove(user);
            if (left != null) {
                left.forEach(row -> differs(row, false, events));
            }
        }
    }

    /** What analytics has of people nobody told of. */
    void rest() {
        gotByUser.values().forEach(left -> left.forEach(row -> differs(row, false, List.of())));
    }

    private static boolean removeOne(List<Row> rows, Row wanted) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).text().equals(wanted.text())) {
                rows.remove(i);
                return true;
            }
        }
        return false;
    }

    private void differs(Row row, boolean isMissing, List<JourneyEvent> events) {
        if (isMissing) {
            missing++;
        } else {
            tooMany++;
        }
        if ((isMissing ? missing : tooMany) <= MOST_ROWS) {
            List<String> ids = Ledger.about(row, events).stream()
                    .limit(MOST_EVENTS)
                    .map(JourneyEvent::id)
                    .toList();
            evidence.add(new Evidence(row.userId(), row.text(), isMissing, ids));
        }
    }

    Difference explain(Difference difference) {
        return difference.because(summary(), evidence);
    }

    private String summary() {
        String list = "the list " + behind.name();
        if (!refused.isEmpty()) {
            return list + " cannot be had: " + refused;
        }
        if (missing + tooMany == 0) {
            return list + " agrees with the truth in every row";
        }
        String differing = "in " + list + " " + missing + " rows are missing and " + tooMany + " too many";
        return everySlice ? differing : differing + " among those looked at, and more elsewhere";
    }
}
