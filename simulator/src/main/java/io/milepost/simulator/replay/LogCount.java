package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be counted straight from the rows of a log, without a thought of journeys or events. A case is its first row's user's. */
public final class LogCount {

    private final Map<String, List<LogRow>> cases = new LinkedHashMap<>();
    private final Set<String> users = new HashSet<>();
    private final Map<String, Long> activities = new TreeMap<>();
    private final Map<String, Set<String>> usersOfActivity = new HashMap<>();
    private final Map<String, Long> starts = new TreeMap<>();
    private final Map<String, Long> ends = new TreeMap<>();
    private final Map<String, Map<String, Long>> follows = new TreeMap<>();

    public LogCount(List<LogRow> rows) {
        boolean phased = rows.stream().anyMatch(row -> row.phase() == Phase.START);
        Map<String, LogRow> first = new HashMap<>();
        for (LogRow row : rows) {
            first.merge(row.caseId(), row, (a, b) -> b.time().isBefore(a.time()) ? b : a);
        }
        first.values().forEach(row -> users.add(row.userId()));
        for (LogRow row : rows) {
            if (!phased || row.phase() == Phase.START) {
                cases.computeIfAbsent(row.caseId(), id -> new ArrayList<>()).add(row);
                activities.merge(row.activity(), 1L, Long::sum);
                usersOfActivity
                        .computeIfAbsent(row.activity(), name -> new HashSet<>())
                        .add(first.getOrDefault(row.caseId(), row).userId());
            }
        }
        cases.values().forEach(this::countCase);
    }

    private void countCase(List<LogRow> rows) {
        rows.sort(Comparator.comparing(LogRow::time));
        starts.merge(rows.get(0).activity(), 1L, Long::sum);
        ends.merge(rows.get(rows.size() - 1).activity(), 1L, Long::sum);
        @Nullable String before = null;
        for (LogRow row : rows) {
            if (before != null) {
                follows.computeIfAbsent(before, name -> new TreeMap<>()).merge(row.activity(), 1L, Long::sum);
            }
            before = row.activity();
        }
    }

    public long cases() {
        return cases.size();
    }

    public long users() {
        return users.size();
    }

    /** Runs of each activity. */
    public Map<String, Long> activities() {
        return activities;
    }

    public long usersOf(String activity) {
        return usersOfActivity.getOrDefault(activity, Set.of()).size();
    }

    /** Cases that begin with each activity. */
    public Map<String, Long> starts() {
        return starts;
    }

    /** Cases whose last begun activity it is. */
    public Map<String, Long> ends() {
        return ends;
    }

    /** How often one activity came directly after another: first, second, count. */
    public Map<String, Map<String, Long>> follows() {
        return follows;
    }
}
