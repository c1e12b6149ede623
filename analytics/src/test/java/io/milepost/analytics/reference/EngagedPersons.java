package io.milepost.analytics.reference;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.reference.ReferenceFacts.Entry;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The persons with an entry that started in the month. */
final class EngagedPersons {

    /** {@code engagedAt} is also when the person is billed. */
    record Row(String userId, Instant engagedAt, String journeyId, @Nullable String journeyName) {}

    private final ReferenceFacts facts;
    private final YearMonth month;
    private final ZoneId zone;

    EngagedPersons(ReferenceFacts facts, YearMonth month, ZoneId zone) {
        this.facts = facts;
        this.month = month;
        this.zone = zone;
    }

    private Stream<Entry> entries() {
        return facts.entries().stream()
                .filter(entry -> !entry.test())
                .filter(entry -> YearMonth.from(entry.startedAt().atZone(zone)).equals(month));
    }

    ObjectNode json() {
        ObjectNode answer = Json.object().put("month", month.toString());
        answer.put("persons", entries().map(Entry::userId).distinct().count());
        ArrayNode list = answer.putArray("byJourney");
        Map<String, Integer> persons = entries()
                .collect(groupingBy(Entry::journeyId, collectingAndThen(mapping(Entry::userId, toSet()), Set::size)));
        persons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(SeenEvent.CODE_POINTS)))
                .limit(10)
                .forEach(journey -> list.addObject()
                        .put("journeyId", journey.getKey())
                        .put("name", name(journey.getKey()))
                        .put("persons", journey.getValue()));
        return answer;
    }

    List<Row> report() {
        return entries().collect(groupingBy(Entry::userId)).values().stream()
                .map(own -> own.stream()
                        .min(Comparator.comparing(Entry::startedAt)
                                .thenComparing(Entry::journeyId, SeenEvent.CODE_POINTS)
                                .thenComparing(Entry::entryId, SeenEvent.CODE_POINTS))
                        .orElseThrow())
                .sorted(Comparator.comparing(Entry::startedAt).thenComparing(Entry::userId, SeenEvent.CODE_POINTS))
                .map(first -> new Row(first.userId(), first.startedAt(), first.journeyId(), name(first.journeyId())))
                .toList();
    }

    private @Nullable String name(String journeyId) {
        return facts.definitions(journeyId).descendingMap().values().stream()
                .map((JsonNode definition) -> SeenEvent.text(definition, "name"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
