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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The measures of one node, one method a question. */
final class NodeMeasures {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String CLICKED = "clicked";

    private final Selection selection;
    private final int node;
    private final Names words;
    private final UnaryOperator<List<Series>> narrowed;
    private final Map<What, List<Series>> series = new EnumMap<>(What.class);

    NodeMeasures(Selection selection, int node) {
        this(selection, node, all -> all);
    }

    /** @param narrowed leaves some of the node's cells out */
    NodeMeasures(Selection selection, int node, UnaryOperator<List<Series>> narrowed) {
        this.selection = selection;
        this.node = node;
        this.words = selection.cells().histories().words();
        this.narrowed = narrowed;
    }

    NodeFigures figures(JourneyDefinition.@Nullable Node defined) {
        Journey journey = selection.journey();
        UserUnion entered = slice().lookedAt(of(What.VISIT));
        UserUnion completed = slice().lookedAt(completions());
        UserUnion active = slice().lookedAt(of(What.ACTIVE_VISIT));
        UserUnion sent = slice().lookedAt(of(What.SENT_USER));
        long enteredCount = entered.size();
        long completedCount = completed.sharedWith(entered);
        long waitingCount = active.size() - active.sharedWith(completed);
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
                sent.size(),
                slice().userCount(of(What.FAILED_USER)),
                engagements(),
                clickThroughRate(sent),
                outcomes(),
                duration(),
                platforms());
    }

    private Slice slice() {
        return selection.basis();
    }

    private List<Series> of(What what) {
        return series.computeIfAbsent(
                what,
                any -> narrowed.apply(slice().series(what).stream()
                        .filter(each -> each.key().node() == node)
                        .toList()));
    }

    private long count(What what) {
        return slice().count(of(what));
    }

    /** What is behind one of the node's lists. Its visits are the transitions into it, and those know their ways. */
    Behind behind(ListMeasure list) {
        return switch (list) {
            case ENTRY_COUNT -> Behind.all(slice(), of(What.TRANSITION), days(What.VISIT));
            case ENTRY_USER_COUNT -> Behind.users(slice(), of(What.TRANSITION), days(What.VISIT));
            case COMPLETED_COUNT -> all(What.COMPLETED);
            case DURATION -> Behind.all(slice(), of(What.DURATION), days(What.COMPLETED));
            case ACTIVE_COUNT -> all(What.ACTIVE_VISIT);
            case EXIT_COUNT -> Behind.all(slice(), of(What.EXIT_AT), selection.deeds(What.EXIT_BY_REASON));
            case EXIT_WITHOUT_CONVERSION_COUNT ->
                Behind.all(slice(), of(What.EXIT_UNCONVERTED_AT), selection.deeds(What.EXIT_BY_REASON));
            case COMPLETION_RATE ->
                Behind.ofUsers(
                        slice(),
                        completions(),
                        () -> completedUsers().sharing(slice().users(of(What.VISIT))),
                        days(What.COMPLETED));
            case WAITING -> only(What.ACTIVE_VISIT, () -> waitingUsers(completedUsers()));
            case DROPPED -> only(What.VISIT, this::droppedUsers);
            case SENT_COUNT -> all(What.SENT);
            case SENT_USER_COUNT -> users(What.SENT);
            case FAILED_COUNT -> all(What.FAILED);
            case FAILED_USER_COUNT -> users(What.FAILED);
            case ENGAGEMENTS -> all(What.ENGAGED);
            case ENGAGED_USERS -> users(What.ENGAGED);
            case ENGAGED_BY_MACHINE -> Behind.all(slice(), of(What.ENGAGED_BY_MACHINE), selection.deeds(What.TOUCHED));
            case CLICK_THROUGH_RATE ->
                Behind.ofUsers(
                        slice(),
                        clicks(),
                        () -> slice().users(clicks()).sharing(slice().users(of(What.SENT))),
                        days(What.ENGAGED));
            case NOT_CLICKED ->
                only(What.SENT, () -> slice().users(of(What.SENT)).without(slice().users(clicks())));
            case OUTCOMES -> all(What.OUTCOME);
            case OUTCOME_USERS -> users(What.OUTCOME);
            default -> throw new IllegalArgumentException("no cells of a node are behind " + list);
        };
    }

    private Behind all(What what) {
        return Behind.all(slice(), of(what), days(what));
    }

    private Behind users(What what) {
        return Behind.users(slice(), of(what), days(what));
    }

    private Behind only(What what, Supplier<UserUnion> users) {
        return Behind.ofUsers(slice(), of(what), users, days(what));
    }

    /** By the time of the deed, whatever the basis. */
    private List<Series> days(What what) {
        return selection.deeds(what).stream()
                .filter(each -> each.key().node() == node)
                .toList();
    }

    /** Of the visits entered in the range, completed whenever. */
    private List<Series> completions() {
        return of(selection.byActivity() ? What.COMPLETED_OF_ENTERED : What.COMPLETED);
    }

    private UserUnion completedUsers() {
        return slice().users(completions());
    }

    private UserUnion waitingUsers(UserUnion completed) {
        return slice().users(of(What.ACTIVE_VISIT)).without(completed);
    }

    private UserUnion droppedUsers() {
        UserUnion completed = completedUsers();
        return slice().users(of(What.VISIT)).without(completed).without(waitingUsers(completed));
    }

    private List<Series> clicks() {
        int clicked = words.find(CLICKED);
        return of(What.ENGAGED).stream()
                .filter(each -> each.key().x() == clicked)
                .toList();
    }

    private Rate clickThroughRate(UserUnion sent) {
        int clicked = words.find(CLICKED);
        List<Series> clicks = of(What.ENGAGED_KIND_USER).stream()
                .filter(each -> each.key().x() == clicked)
                .toList();
        return Rate.of(slice().lookedAt(clicks).sharedWith(sent), sent.size());
    }

    private Map<String, Engagement> engagements() {
        return slice().engagements(of(What.ENGAGED), of(What.ENGAGED_KIND_USER), of(What.ENGAGED_BY_MACHINE), words);
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
                slice().engagements(
                                of.apply(What.ENGAGED),
                                of.apply(What.ENGAGED),
                                of.apply(What.ENGAGED_BY_MACHINE),
                                words));
    }

    private String platform(Series each) {
        return selection.platform(each);
    }
}
