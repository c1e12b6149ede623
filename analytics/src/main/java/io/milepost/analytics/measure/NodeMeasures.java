package io.milepost.analytics.measure;

import io.milepost.analytics.cell.DurationSum;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.spi.JourneyDefinition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The measures of one node, one method a question. */
final class NodeMeasures {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String CLICKED = "clicked";

    private final Selection selection;
    private final int node;
    private final Names words;
    private final Map<What, List<Series>> series = new EnumMap<>(What.class);

    NodeMeasures(Selection selection, int node) {
        this.selection = selection;
        this.node = node;
        this.words = selection.cells().histories().words();
    }

    NodeFigures figures(JourneyDefinition.@Nullable Node defined) {
        Journey journey = selection.journey();
        UserUnion entered = slice().users(of(What.VISIT));
        UserUnion completed = completedUsers();
        UserUnion waiting = slice().users(of(What.ACTIVE_VISIT)).without(completed);
        long enteredCount = entered.size();
        long completedCount = completed.sharedWith(entered);
        long waitingCount = waiting.size();
        long dropped = enteredCount - completedCount - waitingCount;
        return new NodeFigures(
                journey.nodes().name(node),
                defined == null ? null : defined.name(),
                defined == null ? null : defined.type(),
                defined == null ? null : defined.channel(),
                count(What.VISIT),
                enteredCount,
                count(What.COMPLETED),
                count(What.ACTIVE_VISIT),
                count(What.EXIT_AT),
                count(What.EXIT_UNCONVERTED_AT),
                Rate.of(completedCount, enteredCount),
                waitingCount,
                dropped,
                Rate.of(dropped, enteredCount),
                count(What.SENT),
                count(What.FAILED),
                slice().userCount(of(What.SENT)),
                slice().userCount(of(What.FAILED)),
                engagements(of(What.ENGAGED), of(What.ENGAGED_BY_MACHINE)),
                clickThroughRate(),
                outcomes(),
                duration(),
                platforms());
    }

    private Slice slice() {
        return selection.basis();
    }

    private List<Series> of(What what) {
        return series.computeIfAbsent(what, any -> slice().series(what).stream()
                .filter(each -> each.key().node() == node)
                .toList());
    }

    private long count(What what) {
        return slice().count(of(what));
    }

    /** Of the visits entered in the range, completed whenever. */
    private UserUnion completedUsers() {
        return slice().users(of(selection.byActivity() ? What.COMPLETED_OF_ENTERED : What.COMPLETED));
    }

    private Rate clickThroughRate() {
        int clicked = words.find(CLICKED);
        UserUnion sent = slice().users(of(What.SENT));
        UserUnion clickers = slice().users(of(What.ENGAGED).stream()
                .filter(each -> each.key().x() == clicked)
                .toList());
        return Rate.of(clickers.sharedWith(sent), sent.size());
    }

    private Map<String, Engagement> engagements(List<Series> people, List<Series> machines) {
        Map<String, List<Series>> byPeople = Grouping.by(people, this::kind);
        Map<String, List<Series>> byMachines = Grouping.by(machines, this::kind);
        Set<String> kinds = new TreeSet<>(byPeople.keySet());
        kinds.addAll(byMachines.keySet());
        Map<String, Engagement> engagements = new HashMap<>();
        for (String kind : kinds) {
            List<Series> did = byPeople.getOrDefault(kind, List.of());
            Engagement engagement = new Engagement(
                    slice().count(did),
                    slice().userCount(did),
                    slice().count(byMachines.getOrDefault(kind, List.of())));
            if (engagement.count() > 0 || engagement.machine() > 0) {
                engagements.put(kind, engagement);
            }
        }
        return engagements;
    }

    private String kind(Series each) {
        return words.name(each.key().x());
    }

    private Map<String, OutcomeCount> outcomes() {
        Names names = selection.journey().outcomes();
        Map<String, OutcomeCount> outcomes = new HashMap<>();
        Grouping.by(of(What.OUTCOME), each -> names.name(each.key().x())).forEach((name, of) -> {
            long count = slice().count(of);
            if (count > 0) {
                outcomes.put(name, new OutcomeCount(count, slice().userCount(of)));
            }
        });
        return outcomes;
    }

    private Durations duration() {
        DurationSum durations = slice().view().durations(of(What.DURATION), slice().range());
        if (durations == null) {
            return Durations.NONE;
        }
        return new Durations(
                durations.count(),
                durations.mean(),
                durations.min() / NANOS_PER_MILLI,
                durations.percentile(50) / NANOS_PER_MILLI,
                durations.percentile(90) / NANOS_PER_MILLI,
                durations.percentile(95) / NANOS_PER_MILLI,
                durations.percentile(99) / NANOS_PER_MILLI,
                durations.max() / NANOS_PER_MILLI);
    }

    private Map<String, PlatformFigures> platforms() {
        Map<String, Map<What, List<Series>>> byPlatform = new HashMap<>();
        for (What what : List.of(What.SENT, What.FAILED, What.ENGAGED, What.ENGAGED_BY_MACHINE)) {
            Grouping.by(of(what), this::platform).forEach((platform, of) -> byPlatform
                    .computeIfAbsent(platform, any -> new EnumMap<>(What.class))
                    .put(what, of));
        }
        Map<String, PlatformFigures> platforms = new HashMap<>();
        byPlatform.forEach((platform, of) -> {
            PlatformFigures figures = platform(what -> of.getOrDefault(what, List.of()));
            if (figures.sentCount() > 0
                    || figures.failedCount() > 0
                    || !figures.engagements().isEmpty()) {
                platforms.put(platform, figures);
            }
        });
        return platforms;
    }

    private PlatformFigures platform(Function<What, List<Series>> of) {
        return new PlatformFigures(
                slice().count(of.apply(What.SENT)),
                slice().count(of.apply(What.FAILED)),
                slice().userCount(of.apply(What.SENT)),
                slice().userCount(of.apply(What.FAILED)),
                engagements(of.apply(What.ENGAGED), of.apply(What.ENGAGED_BY_MACHINE)));
    }

    private String platform(Series each) {
        return each.key().y() < 0
                ? JourneyMeasures.UNKNOWN
                : words.name(each.key().y());
    }
}
