package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.UserActed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The journey measures of one scope. */
final class SummaryTally {

    private static final Set<String> ACTIVE_KINDS = Set.of("shown", "opened", "clicked", "replied");

    private final Scope scope;
    private final Rows rows;
    private long entries;
    private long activeEntries;
    private long exits;
    private long convertedEntries;
    private long conversionEvents;
    private long openEntries;
    private long goalEvents;
    private long messagesSent;
    private long messagesFailed;
    private long convertedOfEntered;
    private final Distinct entryUsers = new Distinct();
    private final Distinct exitedUsers = new Distinct();
    private final Distinct convertedUsers = new Distinct();
    private final Distinct goalPerformers = new Distinct();
    private final Distinct activeUsers = new Distinct();
    private final Map<String, Long> exitsByReason = new TreeMap<>();
    private final Map<String, Long> rejectedEntries = new TreeMap<>();
    private final Map<String, long[]> channels = new TreeMap<>();
    private final Map<String, BigDecimal> goalValue = new TreeMap<>();
    private final Map<String, BigDecimal> trafficCost = new TreeMap<>();

    SummaryTally(Scope scope, Rows rows) {
        this.scope = scope;
        this.rows = rows;
    }

    void add(long person, List<Entry> wanted, List<EntryRejected> rejections) {
        Set<String> converting = Set.of();
        Map<String, UserActed> goals = Map.of();
        for (Entry entry : wanted) {
            addEntry(person, entry);
            addExit(person, entry);
            if (!entry.conversions.isEmpty() && converting.isEmpty()) {
                converting = new HashSet<>();
            }
            for (UserActed event : entry.conversions) {
                if (scope.counts(entry, event.time()) && converting.add(event.id())) {
                    rows.event("conversionEvents", event);
                }
            }
            if (!entry.goals.isEmpty() && goals.isEmpty()) {
                goals = new HashMap<>();
            }
            for (UserActed event : entry.goals) {
                if (scope.counts(entry, event.time()) && goals.put(event.id(), event) == null) {
                    rows.event("goalEvents", event);
                    if (goalPerformers.add(person)) {
                        rows.user("goalPerformers", null, entry);
                    }
                }
            }
            for (Message message : entry.messages) {
                addMessage(person, entry, message);
            }
        }
        conversionEvents += converting.size();
        addGoals(goals);
        addConvertedUser(person, wanted);
        rejections.forEach(this::addRejection);
    }

    private void addEntry(long person, Entry entry) {
        if (scope.contains(entry.startedAt())) {
            entries++;
            rows.entry("entries", null, entry);
            if (entryUsers.add(person)) {
                rows.user("entryUsers", null, entry);
            }
            if (entry.active()) {
                activeEntries++;
                rows.entry("activeEntries", null, entry);
            }
            if (entry.open(scope.asOf())) {
                openEntries++;
                rows.entry("openEntries", null, entry);
            }
        }
        if (entry.converted() && scope.counts(entry, entry.conversions.get(0).time())) {
            convertedEntries++;
            rows.entry("convertedEntries", null, entry);
        }
    }

    private void addExit(long person, Entry entry) {
        ExitReason reason = entry.reason();
        if (reason == null || !scope.counts(entry, entry.exitedAt())) {
            return;
        }
        exitsByReason.merge(reason.wireName(), 1L, Long::sum);
        rows.entry("exitsByReason", null, entry);
        rows.entry("exitsByReason.", reason.wireName(), null, entry);
        if (!entry.converted()) {
            exits++;
            rows.entry("exits", null, entry);
        }
        if (reason == ExitReason.COMPLETED && exitedUsers.add(person)) {
            rows.user("exitedUsers", null, entry);
        }
    }

    /** By cohort a user with a converted entry of the range; by activity one whose counted conversion lies in it. */
    private void addConvertedUser(long person, List<Entry> wanted) {
        @Nullable Instant counted = null;
        @Nullable Entry converted = null;
        for (Entry entry : wanted) {
            if (entry.converted() && (scope.activity() || scope.contains(entry.startedAt()))) {
                Instant time = entry.conversions.get(0).time();
                if (counted == null || time.isBefore(counted)) {
                    counted = time;
                    converted = entry;
                }
            }
        }
        if (counted != null && converted != null && (!scope.activity() || scope.contains(counted))) {
            convertedUsers.add(person);
            rows.user("convertedUsers", null, converted);
            if (entryUsers.has(person)) {
                convertedOfEntered++;
                rows.user("conversionRate", null, converted);
            }
        } else if (entryUsers.has(person)) {
            rows.user("notConverted", null, wanted.get(0));
        }
    }

    private void addGoals(Map<String, UserActed> goals) {
        goals.values().forEach(goal -> {
            goalEvents++;
            Shapes.add(goalValue, goal.value());
        });
    }

    private void addMessage(long person, Entry entry, Message message) {
        if (scope.counts(entry, message.time())) {
            rows.message(entry, message);
            long[] channel = channels.computeIfAbsent(message.ref().channel(), name -> new long[2]);
            if (message.sent()) {
                messagesSent++;
                channel[0]++;
                Shapes.add(trafficCost, message.ref().cost());
            } else {
                messagesFailed++;
                channel[1]++;
            }
        }
        if (message.sent()) {
            for (MessageEngaged event : message.engagements()) {
                if (!event.machine()
                        && ACTIVE_KINDS.contains(event.kind())
                        && scope.counts(entry, event.time())
                        && activeUsers.add(person)) {
                    rows.user("activeUsers", null, entry);
                }
            }
        }
    }

    /** Rejections have a time and a version; without a variant, they go with the entries that have none. */
    private void addRejection(EntryRejected event) {
        if (event.journey().journeyId().equals(scope.journeyId())
                && scope.contains(event.time())
                && (scope.versions().isEmpty()
                        || scope.versions().contains(event.journey().version()))
                && (scope.variants().isEmpty() || scope.variants().contains("none"))) {
            rejectedEntries.merge(event.reason(), 1L, Long::sum);
            rows.rejection(event);
        }
    }

    ObjectNode json() {
        ObjectNode json = Shapes.object();
        json.put("entries", entries)
                .put("entryUsers", entryUsers.count())
                .put("activeEntries", activeEntries)
                .put("exits", exits);
        json.set("exitsByReason", Shapes.counts(exitsByReason));
        json.put("exitedUsers", exitedUsers.count())
                .put("convertedUsers", convertedUsers.count())
                .put("convertedEntries", convertedEntries)
                .put("conversionEvents", conversionEvents);
        json.set("conversionRate", Shapes.rate(convertedOfEntered, entryUsers.count()));
        json.put("openEntries", openEntries)
                .put("goalPerformers", goalPerformers.count())
                .put("goalEvents", goalEvents);
        json.set("goalValue", Shapes.money(goalValue));
        json.put("activeUsers", activeUsers.count())
                .put("messagesSent", messagesSent)
                .put("messagesFailed", messagesFailed);
        ObjectNode byChannel = json.putObject("channels");
        channels.forEach((name, counts) ->
                byChannel.putObject(name).put("sent", counts[0]).put("failed", counts[1]));
        json.set("trafficCost", Shapes.money(trafficCost));
        json.set("rejectedEntries", Shapes.counts(rejectedEntries));
        return json;
    }
}
