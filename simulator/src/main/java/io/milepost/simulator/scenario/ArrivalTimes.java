package io.milepost.simulator.scenario;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Times at which people came somewhere else, one instant a line. */
final class ArrivalTimes {
    private ArrivalTimes() {}

    /** Milliseconds after the first. */
    static long[] read(String file, String text) {
        List<Long> times = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                times.add(time(file, number, line.strip()));
                if (times.size() > 1 && times.get(times.size() - 1) < times.get(times.size() - 2)) {
                    throw new ScenarioException(file + ":" + number + ": times should ascend");
                }
            }
        }
        if (times.isEmpty()) {
            throw new ScenarioException(file + ": should have an instant a line, such as 2026-03-01T10:00:00Z");
        }
        return times.stream().mapToLong(time -> time - times.get(0)).toArray();
    }

    private static long time(String file, int number, String line) {
        try {
            return Instant.parse(line).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new ScenarioException(
                    file + ":" + number + ": should be an instant such as 2026-03-01T10:00:00Z, not '" + line + "'", e);
        }
    }
}
