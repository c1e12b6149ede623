package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.Row;
import io.milepost.simulator.verify.Findings.Behind;
import io.milepost.spi.JourneyEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the rows by which lists of analytics differ from those of the truth. All people's lives are gone through once for
 * all lists together; of the rows only those analytics has are kept meanwhile.
 */
final class Reasons {

    private static final int MOST_LISTS = 12;
    private static final int MOST_ROWS = 5;
    private static final int MOST_EVENTS = 6;

    private final Consumer<Consumer<List<JourneyEvent>>> lives;
    private final Map<String, Comparing> lists = new LinkedHashMap<>();

    /** @param lives tells the events of each person once more, person by person */
    Reasons(Consumer<Consumer<List<JourneyEvent>>> lives) {
        this.lives = lives;
    }

    void wonder(Behind behind) {
        if (lists.size() < MOST_LISTS) {
            lists.computeIfAbsent(behind.name(), name -> new Comparing(behind));
        }
    }

    void find() {
        lists.values().forEach(Comparing::fetch);
        if (!lists.isEmpty()) {
            lives.accept(events -> lists.values().forEach(list -> list.live(events)));
        }
        lists.values().forEach(Comparing::rest);
    }

    Difference explain(Difference difference, Behind behind) {
        Comparing comparing = lists.get(behind.name());
        return comparing == null ? difference : difference.because(comparing.summary(), comparing.evidence);
    }

    private static final class Comparing {
        private final Behind behind;
        private final Map<String, List<Row>> gotByUser = new HashMap<>();
        private final List<Evidence> evidence = new ArrayList<>();
        private String refused = "";
        private long missing;
        private long tooMany;

        Comparing(Behind behind) {
            this.behind = behind;
        }

        void fetch() {
            try {
                behind.got().accept(row -> gotByUser
                        .computeIfAbsent(row.userId(), user -> new ArrayList<>(1))
                        .add(row));
            } catch (AnalyticsException e) {
                refused = String.valueOf(e.getMessage());
            }
        }

        void live(List<JourneyEvent> events) {
            if (!refused.isEmpty()) {
                return;
            }
            for (Row row : behind.expected().apply(events)) {
                if (!removeOne(gotByUser.getOrDefault(row.userId(), List.of()), row)) {
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
            gotByUser.values().forEach(rows -> rows.forEach(row -> differs(row, false, List.of())));
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

        String summary() {
            if (!refused.isEmpty()) {
                return "the list " + behind.name() + " cannot be had: " + refused;
            }
            return missing + tooMany == 0
                    ? "the list " + behind.name() + " agrees with the truth in every row"
                    : "in the list " + behind.name() + " " + missing + " rows are missing and " + tooMany + " too many";
        }
    }
}
