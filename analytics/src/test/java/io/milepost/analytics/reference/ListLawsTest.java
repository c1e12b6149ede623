package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.CellLists;
import io.milepost.analytics.measure.JourneyLists.Page;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.ListFilter;
import io.milepost.analytics.measure.ListMeasure;
import io.milepost.analytics.measure.ListPosition;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.ListRow;
import io.milepost.analytics.measure.MeasureDescription.Level;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.PlatformFigures;
import io.milepost.analytics.measure.StageFigures;
import io.milepost.analytics.measure.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A list has as many rows as its figure counts, whatever the events, their order and the question; so has each part of it
 * that a break-down of the figure names. {@code -Dmilepost.seed=n} starts at another seed, {@code -Dmilepost.seeds=n}
 * takes more of them.
 */
class ListLawsTest {

    @ParameterizedTest
    @EnumSource(value = Delivery.class, names = "ONE_BY_ONE", mode = EnumSource.Mode.EXCLUDE)
    void listsHaveAsManyRowsAsTheirFiguresCount(Delivery delivery) {
        seeds(seed -> {
            List<String> events = AwkwardStreams.of(seed).events();
            try (CellSubject subject = CellSubject.fed(seed, delivery, events)) {
                CellSubject.summaryQueries(seed, events).forEach(query -> new Judged(subject, query, seed).check());
            }
        });
    }

    @Test
    void pagesTogetherAreTheList() {
        seeds(seed -> {
            List<String> events = AwkwardStreams.of(seed).events();
            try (CellSubject subject = CellSubject.fed(seed, Delivery.SHUFFLED_IN_ODD_BATCHES, events)) {
                CellLists lists = new CellLists(subject.projection());
                for (MeasureQuery query : CellSubject.summaryQueries(seed, events)) {
                    for (ListMeasure list : ListMeasure.values()) {
                        String part = someNodeOrStage(subject, query, list);
                        if (list.level() != Level.JOURNEY && part == null) {
                            continue;
                        }
                        ListQuery asked = new ListQuery(query, list, part, Map.of());
                        List<ListRow> rows = all(lists, asked);
                        assertThat(inPages(lists, asked, 3))
                                .as("seed %d, %s of %s", seed, list, query)
                                .isEqualTo(rows);
                        List<ListRow> end = new ArrayList<>();
                        lists.all(asked).from(rows.size() / 2).forEachRemaining(end::add);
                        assertThat(end).isEqualTo(rows.subList(rows.size() / 2, rows.size()));
                    }
                }
            }
        });
    }

    @Test
    void orderOfArrivalDoesNotShow() {
        seeds(seed -> {
            List<String> events = AwkwardStreams.of(seed).events();
            try (CellSubject one = CellSubject.fed(seed, Delivery.IN_ONE_GO, events);
                    CellSubject other = CellSubject.fed(seed, Delivery.LATEST_FIRST, events)) {
                for (MeasureQuery query : CellSubject.summaryQueries(seed, events)) {
                    for (ListMeasure list : ListMeasure.values()) {
                        if (ListMeasure.names(Level.JOURNEY).contains(list.text())) {
                            ListQuery asked = new ListQuery(query, list, null, Map.of());
                            assertThat(all(new CellLists(one.projection()), asked))
                                    .as("seed %d, %s of %s", seed, list, query)
                                    .isEqualTo(all(new CellLists(other.projection()), asked));
                        }
                    }
                }
            }
        });
    }

    /** The one that most users entered; null for lists of the journey, and where there is none. */
    private static @Nullable String someNodeOrStage(CellSubject subject, MeasureQuery query, ListMeasure list) {
        CellFigures figures = new CellFigures(subject.projection());
        return switch (list.level()) {
            case JOURNEY -> null;
            case NODE ->
                figures.nodes(query).stream()
                        .max(Comparator.comparing(NodeFigures::entryUserCount))
                        .map(NodeFigures::nodeId)
                        .orElse(null);
            case STAGE ->
                figures.stages(query).stream()
                        .max(Comparator.comparing(StageFigures::enteredUsers))
                        .map(StageFigures::id)
                        .orElse(null);
        };
    }

    private static List<ListRow> all(CellLists lists, ListQuery query) {
        List<ListRow> rows = new ArrayList<>();
        lists.all(query).from(0).forEachRemaining(rows::add);
        return rows;
    }

    private static List<ListRow> inPages(CellLists lists, ListQuery query, int size) {
        List<ListRow> rows = new ArrayList<>();
        ListPosition at = null;
        do {
            Page page = lists.page(query, at, size);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(size);
            rows.addAll(page.rows());
            at = page.end();
            assertThat(page.total()).isGreaterThanOrEqualTo(rows.size());
        } while (at != null);
        return rows;
    }

    private static void seeds(LongConsumer law) {
        long first = Long.getLong("milepost.seed", 1);
        LongStream.range(first, first + Long.getLong("milepost.seeds", 3)).forEach(law);
    }

    /** Every list of one question beside its figure. */
    private static final class Judged {

        private final CellLists lists;
        private final CellFigures figures;
        private final MeasureQuery query;
        private final long seed;

        Judged(CellSubject subject, MeasureQuery query, long seed) {
            this.lists = new CellLists(subject.projection());
            this.figures = new CellFigures(subject.projection());
            this.query = query;
            this.seed = seed;
        }

        void check() {
            journey(figures.summary(query));
            figures.nodes(query).forEach(this::node);
            figures.transitions(query).forEach(this::transition);
            figures.stages(query).forEach(this::stage);
        }

        private void journey(JourneySummary of) {
            list(of.entries(), ListMeasure.ENTRIES, null);
            list(of.entryUsers(), ListMeasure.ENTRY_USERS, null);
            list(of.activeEntries(), ListMeasure.ACTIVE_ENTRIES, null);
            list(of.exits(), ListMeasure.EXITS, null);
            list(sum(of.exitsByReason().values()), ListMeasure.EXITS_BY_REASON, null);
            of.exitsByReason()
                    .forEach((reason, count) ->
                            list(count, ListMeasure.EXITS_BY_REASON, null, Map.of(ListFilter.REASON, reason)));
            list(of.exitedUsers(), ListMeasure.EXITED_USERS, null);
            list(of.convertedUsers(), ListMeasure.CONVERTED_USERS, null);
            list(of.convertedEntries(), ListMeasure.CONVERTED_ENTRIES, null);
            list(of.conversionEvents(), ListMeasure.CONVERSION_EVENTS, null);
            list(of.conversionRate().numerator(), ListMeasure.CONVERSION_RATE, null);
            list(of.conversionRate().denominator() - of.conversionRate().numerator(), ListMeasure.NOT_CONVERTED, null);
            list(of.openEntries(), ListMeasure.OPEN_ENTRIES, null);
            list(of.goalPerformers(), ListMeasure.GOAL_PERFORMERS, null);
            list(of.goalEvents(), ListMeasure.GOAL_EVENTS, null);
            list(of.activeUsers(), ListMeasure.ACTIVE_USERS, null);
            list(of.messagesSent(), ListMeasure.MESSAGES_SENT, null);
            list(of.messagesFailed(), ListMeasure.MESSAGES_FAILED, null);
            of.channels().forEach((channel, count) -> {
                list(count.sent(), ListMeasure.MESSAGES_SENT, null, Map.of(ListFilter.CHANNEL, channel));
                list(count.failed(), ListMeasure.MESSAGES_FAILED, null, Map.of(ListFilter.CHANNEL, channel));
            });
            list(sum(of.rejectedEntries().values()), ListMeasure.REJECTED_ENTRIES, null);
            of.rejectedEntries()
                    .forEach((reason, count) ->
                            list(count, ListMeasure.REJECTED_ENTRIES, null, Map.of(ListFilter.REASON, reason)));
        }

        private void node(NodeFigures of) {
            String node = of.nodeId();
            list(of.entryCount(), ListMeasure.ENTRY_COUNT, node);
            list(of.entryUserCount(), ListMeasure.ENTRY_USER_COUNT, node);
            list(of.completedCount(), ListMeasure.COMPLETED_COUNT, node);
            list(of.duration().count(), ListMeasure.DURATION, node);
            list(of.activeCount(), ListMeasure.ACTIVE_COUNT, node);
            list(of.exitCount(), ListMeasure.EXIT_COUNT, node);
            list(of.exitWithoutConversionCount(), ListMeasure.EXIT_WITHOUT_CONVERSION_COUNT, node);
            list(of.completionRate().numerator(), ListMeasure.COMPLETION_RATE, node);
            list(of.waitingUserCount(), ListMeasure.WAITING, node);
            list(of.droppedUserCount(), ListMeasure.DROPPED, node);
            list(of.sentCount(), ListMeasure.SENT_COUNT, node);
            list(of.failedCount(), ListMeasure.FAILED_COUNT, node);
            list(of.sentUserCount(), ListMeasure.SENT_USER_COUNT, node);
            list(of.failedUserCount(), ListMeasure.FAILED_USER_COUNT, node);
            of.engagements().forEach((kind, engagement) -> {
                Map<ListFilter, String> only = Map.of(ListFilter.KIND, kind);
                list(engagement.count(), ListMeasure.ENGAGEMENTS, node, only);
                list(engagement.users(), ListMeasure.ENGAGED_USERS, node, only);
                list(engagement.machine(), ListMeasure.ENGAGED_BY_MACHINE, node, only);
            });
            list(of.clickThroughRate().numerator(), ListMeasure.CLICK_THROUGH_RATE, node);
            list(
                    of.clickThroughRate().denominator() - of.clickThroughRate().numerator(),
                    ListMeasure.NOT_CLICKED,
                    node);
            of.outcomes().forEach((name, outcome) -> {
                list(outcome.count(), ListMeasure.OUTCOMES, node, Map.of(ListFilter.OUTCOME, name));
                list(outcome.users(), ListMeasure.OUTCOME_USERS, node, Map.of(ListFilter.OUTCOME, name));
            });
            of.platforms().forEach((platform, figures) -> platform(node, platform, figures));
        }

        private void transition(Transition of) {
            Map<ListFilter, String> way =
                    Map.of(ListFilter.FROM_NODE, orEmpty(of.from()), ListFilter.EDGE, orEmpty(of.edgeId()));
            list(of.count(), ListMeasure.ENTRY_COUNT, of.to(), way);
            list(of.users(), ListMeasure.ENTRY_USER_COUNT, of.to(), way);
        }

        private static String orEmpty(@Nullable String id) {
            return id == null ? "" : id;
        }

        private void stage(StageFigures of) {
            list(of.enteredUsers(), ListMeasure.ENTERED_STAGE, of.id());
            list(of.completedUsers(), ListMeasure.COMPLETED_STAGE, of.id());
            list(of.waitingUsers(), ListMeasure.WAITING_IN_STAGE, of.id());
            list(of.droppedUsers(), ListMeasure.DROPPED_IN_STAGE, of.id());
        }

        private void platform(String node, String platform, PlatformFigures of) {
            Map<ListFilter, String> only = Map.of(ListFilter.PLATFORM, platform);
            list(of.sentCount(), ListMeasure.SENT_COUNT, node, only);
            list(of.failedCount(), ListMeasure.FAILED_COUNT, node, only);
            list(of.sentUserCount(), ListMeasure.SENT_USER_COUNT, node, only);
            list(of.failedUserCount(), ListMeasure.FAILED_USER_COUNT, node, only);
            of.engagements().forEach((kind, engagement) -> {
                Map<ListFilter, String> both = Map.of(ListFilter.PLATFORM, platform, ListFilter.KIND, kind);
                list(engagement.count(), ListMeasure.ENGAGEMENTS, node, both);
                list(engagement.users(), ListMeasure.ENGAGED_USERS, node, both);
                list(engagement.machine(), ListMeasure.ENGAGED_BY_MACHINE, node, both);
            });
        }

        private void list(long figure, ListMeasure list, @Nullable String node) {
            list(figure, list, node, Map.of());
        }

        private void list(long figure, ListMeasure list, @Nullable String part, Map<ListFilter, String> filters) {
            ListQuery question = new ListQuery(query, list, part, filters);
            List<ListRow> rows = all(lists, question);
            String asked = "seed " + seed + ", " + list + " of " + part + " with " + filters + " in " + query;
            assertThat(rows).as(asked).hasSize(Math.toIntExact(figure));
            assertThat(rows).extracting(ListRow::time).as(asked).isSortedAccordingTo(Instant::compareTo);
            Page first = lists.page(question, null, 7);
            assertThat(first.total()).as(asked).isEqualTo(figure);
            assertThat(first.rows()).as(asked).isEqualTo(rows.subList(0, Math.min(7, rows.size())));
            if (list.byUser()) {
                assertThat(rows).extracting(ListRow::userId).as(asked).doesNotHaveDuplicates();
            }
        }

        private static long sum(Collection<Long> counts) {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }
}
