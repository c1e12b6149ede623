package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Scope;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is asked for: both bases, ranges of whole and of cut days, versions, variants, tests, zones, series. */
public final class Checklist {

    private static final List<String> JOURNEY_MEASURES = List.of(
            "entries",
            "entryUsers",
            "activeEntries",
            "exits",
            "convertedUsers",
            "convertedEntries",
            "conversionEvents",
            "conversionRate",
            "goalPerformers",
            "goalValue",
            "activeUsers",
            "messagesSent",
            "trafficCost",
            "exitsByReason",
            "rejectedEntries");
    private static final List<String> NODE_MEASURES = List.of(
            "entryCount",
            "entryUserCount",
            "completedCount",
            "completionRate",
            "sentCount",
            "sentUserCount",
            "clickThroughRate",
            "duration");

    private final List<Scope> scopes = new ArrayList<>();
    private final List<Scope> summaries = new ArrayList<>();
    private final List<Series> series = new ArrayList<>();
    private final Map<Scope, Boolean> lists = new LinkedHashMap<>();

    /**
     * @param variants that entries may have, {@code none} among them where they may have none
     * @param start of the run
     * @param end of the run, also the {@code asOf} of the questions
     * @param zone of local days
     */
    public Checklist(List<JourneyDefined> definitions, Set<String> variants, Instant start, Instant end, ZoneId zone) {
        Set<String> journeys = new LinkedHashSet<>();
        definitions.forEach(event -> journeys.add(event.definition().journeyId()));
        journeys.forEach(id -> journey(
                id,
                definitions.stream()
                        .map(JourneyDefined::definition)
                        .filter(definition -> definition.journeyId().equals(id))
                        .toList(),
                new TreeSet<>(variants),
                start,
                end,
                zone));
    }

    private void journey(
            String id,
            List<JourneyDefinition> versions,
            TreeSet<String> variants,
            Instant start,
            Instant end,
            ZoneId zone) {
        Scope all = Scope.all(id, end);
        Duration length = Duration.between(start, end);
        Instant day = start.plus(length.dividedBy(4)).truncatedTo(ChronoUnit.DAYS);
        Instant cut =
                start.plus(length.dividedBy(5)).truncatedTo(ChronoUnit.HOURS).plusMillis(1_023_123);
        Instant later = cut.plus(length.dividedBy(2)).plusMillis(40_404_405);
        Scope days = all.between(day, day.plus(7, ChronoUnit.DAYS));
        Scope cutDays = all.between(cut, later);
        Scope localDays =
                all.between(Bucket.DAY.start(cut, zone), Bucket.DAY.start(cut.plus(9, ChronoUnit.DAYS), zone));
        both(all);
        both(days);
        both(cutDays);
        both(localDays);
        both(all.between(later, null));
        both(all.withTests());
        for (JourneyDefinition version : versions) {
            both(all.ofVersions(version.version()));
        }
        scopes.add(days.byActivity().ofVariants(variants.first()));
        both(cutDays.ofVersions(versions.get(versions.size() - 1).version()));
        for (String variant : variants) {
            scopes.add(all.ofVariants(variant));
        }
        if (variants.size() > 1) {
            String[] two = variants.stream().limit(2).toArray(String[]::new);
            both(days.ofVariants(two));
            both(cutDays.ofVariants(two[0]));
        }
        summaries.add(all.asOf(start));
        summaries.add(all.asOf(cut));
        summaries.add(all.asOf(later));
        summaries.add(all.ofVersions(versions.get(0).version()).asOf(later));
        series(all, days, cutDays, versions, zone);
        lists.put(all, true);
        lists.put(cutDays.byActivity(), true);
        lists.put(localDays, false);
        lists.put(all.ofVersions(versions.get(versions.size() - 1).version()), false);
        lists.put(days.byActivity().ofVariants(variants.first()), false);
        lists.put(all.withTests(), false);
    }

    private void series(Scope all, Scope days, Scope cutDays, List<JourneyDefinition> versions, ZoneId zone) {
        Instant cut = cutDays.from() == null ? Instant.EPOCH : cutDays.from();
        List<Series> plain = new ArrayList<>();
        plain.add(new Series(cutDays, Bucket.DAY, zone, null, JOURNEY_MEASURES));
        plain.add(new Series(cutDays, Bucket.WEEK, zone, null, JOURNEY_MEASURES));
        plain.add(new Series(cutDays, Bucket.MONTH, ZoneId.of("UTC"), null, JOURNEY_MEASURES));
        plain.add(
                new Series(days, Bucket.DAY, ZoneId.of("Pacific/Chatham"), null, List.of("entries", "convertedUsers")));
        plain.add(new Series(days, Bucket.DAY, ZoneId.of("UTC"), null, JOURNEY_MEASURES));
        plain.add(new Series(
                all.between(cut, cut.plus(27, ChronoUnit.HOURS)), Bucket.HOUR, zone, null, JOURNEY_MEASURES));
        versions.get(0).nodes().stream()
                .filter(node -> node.channel() != null)
                .findFirst()
                .ifPresent(node -> plain.add(new Series(cutDays, Bucket.DAY, zone, node.id(), NODE_MEASURES)));
        for (Series one : plain) {
            series.add(one);
            series.add(new Series(one.scope().byActivity(), one.bucket(), one.zone(), one.node(), one.measures()));
        }
    }

    private void both(Scope scope) {
        scopes.add(scope);
        scopes.add(scope.byActivity());
    }

    /** To be asked for summary, nodes, transitions and stages. */
    List<Scope> scopes() {
        return scopes;
    }

    /** To be asked for the summary alone. */
    List<Scope> summaries() {
        return summaries;
    }

    List<Series> series() {
        return series;
    }

    /** Whose lists are to be asked for; true = those of nodes too. */
    public Map<Scope, Boolean> lists() {
        return lists;
    }

    /** Scopes of which more than the summary is to be asked for. */
    public Set<Scope> whole() {
        Set<Scope> whole = new LinkedHashSet<>(scopes);
        whole.addAll(lists.keySet());
        series.stream()
                .filter(one -> one.node() != null)
                .forEach(one -> whole.addAll(one.points().values()));
        return whole;
    }

    /** All of them, and one for each point of a series. */
    public Set<Scope> all() {
        Set<Scope> all = new LinkedHashSet<>(scopes);
        all.addAll(summaries);
        all.addAll(lists.keySet());
        series.forEach(one -> all.addAll(one.points().values()));
        return all;
    }
}
