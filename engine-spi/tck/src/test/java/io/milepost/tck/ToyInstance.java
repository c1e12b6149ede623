package io.milepost.tck;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of the toy engine, as its database has it. */
final class ToyInstance {
    final String id;
    final String journeyId;
    final String user;
    final @Nullable String caller;
    final Map<String, Object> variables;
    final List<Visit> open = new ArrayList<>();
    final Map<String, Integer> jobs = new LinkedHashMap<>();
    final Map<String, Instant> timers = new HashMap<>();
    long version;
    int joined;
    boolean over;

    ToyInstance(
            String id,
            String journeyId,
            long version,
            String user,
            @Nullable String caller,
            Map<String, Object> variables) {
        this.id = id;
        this.journeyId = journeyId;
        this.version = version;
        this.user = user;
        this.caller = caller;
        this.variables = variables;
    }

    ToyInstance copy() {
        ToyInstance copy = new ToyInstance(id, journeyId, version, user, caller, variables);
        copy.open.addAll(open);
        copy.jobs.putAll(jobs);
        copy.timers.putAll(timers);
        copy.joined = joined;
        copy.over = over;
        return copy;
    }

    boolean has(String variable) {
        return Boolean.TRUE.equals(variables.get(variable));
    }

    record Visit(String node, String id) {}
}
