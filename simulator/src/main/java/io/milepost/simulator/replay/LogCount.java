package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, List<LogRow>> cases = new LinkedHashMap<>();
    private final Set<String> users = new HashSet<>();
    private final Map<String, Long> activities = new TreeMap<>();
    private final Map<String, Set<String>> usersOfActivity = new HashMap<>();
    private final Map<String, Long> starts = new TreeMap<>();
    private final Map<String, Long> ends = new TreeMap<>();
    private final Map<String, Map<String, Long>> follows = new TreeMap<>();
    private final Map<String, List<Double>> durations = new TreeMap<>();

    public LogCount(List<LogRow> rows) {
        List<LogRow> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(LogRow::time));
        Map<String, String> userOfCase = new HashMap<>();
        ordered.forEach(row -> userOfCase.putIfAbsent(row.caseId(), row.userId()));
        users.addAll(userOfCase.values());
        boolean phased = rows.stream().anyMatch(row -> row.phase() == Phase.START);
        for (LogRow row : phased ? runs(ordered) : ordered) {
            cases.computeIfAbsent(row.caseId(), id -> new ArrayList<>()).add(row);
            activities.merge(row.activity(), 1L, Long::sum);
            usersOfActivity
                    .computeIfAbsent(row.activity(), name -> new HashSet<>())
                    .add(userOfCase.getOrDefault(row.caseId(), row.userId()));
        }
        cases.values().forEach(this::countCase);
        if (!phased) {
            cases.values().forEach(this::countSteps);
        }
    }

    /** Where each activity has a row, it lasts until the case's next one, and the last no time. */
    private void countSteps(List<LogRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            LogRow row = rows.get(i);
            LogRow next = i + 1 < rows.size() ? rows.get(i + 1) : row;
            addDuration(row.activity(), Duration.between(row.time(), next.time()));
        }
    }

    /**
     * Where both ends have a row, a run lasts from its start to the next end of the same run, or activity, in the case; an end
     * without a start is a run of no time. Gives the rows that begin them.
     */
    private List<LogRow> runs(List<LogRow> ordered) {
        Map<String, Deque<LogRow>> begun = new HashMap<>();
        List<LogRow> runs = new ArrayList<>();
        for (LogRow row : ordered) {
            Deque<LogRow> open = begun.computeIfAbsent(
                    row.caseId() + '\n' + row.activity() + '\n' + row.activityRun(), key -> new ArrayDeque<>());
            if (row.phase() == Phase.START) {
                open.add(row);
                runs.add(row);
            } else if (open.isEmpty()) {
                runs.add(row);
                addDuration(row.activity(), Duration.ZERO);
            } else {
                addDuration(row.activity(), Duration.between(open.remove().time(), row.time()));
            }
        }
        return runs;
    }

    private void addDuration(String activity, Duration duration) {
        durations.computeIfAbsent(activity, name -> new ArrayList<>()).add(duration.toNanos() / NANOS_PER_MILLI);
    }

    private void countCase(List<LogRow> rows) {
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

    /** Milliseconds of each finished run of each activity, ascending. */
    public Map<String, List<Double>> durations() {
        durations.values().forEach(list -> list.sort(Comparator.naturalOrder()));
        return durations;
    }

    /** How often one activity came directly after another: first, second, count. */
    public Map<String, Map<String, Long>> follows() {
        return follows;
    }
}
