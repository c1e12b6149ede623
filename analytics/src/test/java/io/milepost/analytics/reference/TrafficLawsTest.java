package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.CellLists;
import io.milepost.analytics.measure.CellTraffic;
import io.milepost.analytics.measure.ChannelFigures;
import io.milepost.analytics.measure.Engagement;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.JourneyTraffic.Traffic;
import io.milepost.analytics.measure.ListFilter;
import io.milepost.analytics.measure.ListMeasure;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.PlatformFigures;
import io.milepost.analytics.measure.TrafficPart;
import io.milepost.analytics.measure.TrafficQuery;
import io.milepost.analytics.measure.TrafficQuery.Dimension;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The parts of the traffic are the summary's, the nodes' and the lists' figures split, whatever the events, their order and
 * the question. {@code -Dmilepost.seed=n} starts at another seed, {@code -Dmilepost.seeds=n} takes more of them.
 */
class TrafficLawsTest {

    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"LATEST_FIRST", "SHUFFLED_IN_ODD_BATCHES"})
    void trafficIsTheSummarySplit(Delivery delivery) {
        long first = Long.getLong("milepost.seed", 1);
        LongStream.range(first, first + Long.getLong("milepost.seeds", 3)).forEach(seed -> {
            List<String> events = AwkwardStreams.of(seed).events();
            try (CellSubject subject = CellSubject.fed(seed, delivery, events)) {
                CellSubject.summaryQueries(seed, events)
                        .forEach(query -> new Judged(subject, query, "seed " + seed + ", " + query).check());
            }
        });
    }

    private record Judged(CellSubject subject, MeasureQuery query, String asked) {

        void check() {
            JourneySummary summary = new CellFigures(subject.projection()).summary(query);
            Traffic whole = traffic(Set.of(), null);
            assertThat(whole.parts()).as(asked).isEmpty();
            assertThat(whole.total().sentCount()).as(asked).isEqualTo(summary.messagesSent());
            assertThat(whole.total().failedCount()).as(asked).isEqualTo(summary.messagesFailed());
            assertThat(whole.total().cost()).as(asked).isEqualTo(summary.trafficCost());
            whole.costPerConversion().forEach((currency, cost) -> {
                assertThat(cost.numerator()).isEqualTo(summary.trafficCost().get(currency));
                assertThat(cost.denominator()).isEqualTo(summary.convertedUsers());
            });
            reasons(whole);
            for (Set<Dimension> by : List.of(
                    EnumSet.of(Dimension.CHANNEL),
                    EnumSet.of(Dimension.PLATFORM),
                    EnumSet.of(Dimension.NODE),
                    EnumSet.allOf(Dimension.class))) {
                addsUp(whole, traffic(by, null));
            }
            addsUp(whole, traffic(EnumSet.of(Dimension.CHANNEL), Bucket.MONTH));
            addsUp(whole, traffic(Set.of(), Bucket.WEEK));
            channels(summary);
            new CellFigures(subject.projection()).nodes(query).forEach(this::node);
        }

        private void addsUp(Traffic whole, Traffic split) {
            assertThat(split.total()).as(asked).isEqualTo(whole.total());
            sum(split, TrafficPart::sentCount, whole.total().sentCount());
            sum(split, TrafficPart::failedCount, whole.total().failedCount());
            sum(
                    split,
                    part -> engagements(part.engagements()),
                    engagements(whole.total().engagements()));
            Map<String, BigDecimal> cost = new TreeMap<>();
            Map<String, Long> reasons = new TreeMap<>();
            for (TrafficPart part : split.parts()) {
                part.cost().forEach((currency, sum) -> cost.merge(currency, new BigDecimal(sum), BigDecimal::add));
                part.failuresByReason().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
            }
            assertThat(reasons).as(asked).isEqualTo(whole.total().failuresByReason());
            assertThat(cost.keySet()).as(asked).isEqualTo(whole.total().cost().keySet());
            whole.total().cost().forEach((currency, sum) -> assertThat(cost.get(currency))
                    .as(asked)
                    .isEqualByComparingTo(sum));
        }

        private void sum(Traffic split, ToLongFunction<TrafficPart> of, long total) {
            assertThat(split.parts().stream().mapToLong(of).sum()).as(asked).isEqualTo(total);
        }

        private static long engagements(Map<String, Engagement> of) {
            return of.values().stream()
                    .mapToLong(each -> each.count() + 1_000_000 * each.machine())
                    .sum();
        }

        private void reasons(Traffic whole) {
            whole.total().failuresByReason().forEach((reason, count) -> {
                ListQuery list =
                        new ListQuery(query, ListMeasure.MESSAGES_FAILED, null, Map.of(ListFilter.REASON, reason));
                assertThat(new CellLists(subject.projection())
                                .page(list, null, 1)
                                .total())
                        .as(asked)
                        .isEqualTo(count);
            });
        }

        private void channels(JourneySummary summary) {
            List<TrafficPart> parts =
                    traffic(EnumSet.of(Dimension.CHANNEL), null).parts();
            assertThat(parts.stream().map(TrafficPart::channel))
                    .as(asked)
                    .containsExactlyElementsOf(summary.channels().keySet());
            for (TrafficPart part : parts) {
                ChannelFigures channel =
                        Objects.requireNonNull(summary.channels().get(part.channel()));
                assertThat(part.sentCount()).as(asked).isEqualTo(channel.sent());
                assertThat(part.failedCount()).as(asked).isEqualTo(channel.failed());
            }
        }

        /** A node's own figures, and by platform. */
        private void node(NodeFigures node) {
            for (TrafficPart part : ofNode(traffic(EnumSet.of(Dimension.NODE), null), node)) {
                assertThat(part.sentUserCount()).as(asked).isEqualTo(node.sentUserCount());
                assertThat(part.failedUserCount()).as(asked).isEqualTo(node.failedUserCount());
                assertThat(part.engagements()).as(asked).isEqualTo(node.engagements());
            }
            List<TrafficPart> parts = ofNode(traffic(EnumSet.of(Dimension.NODE, Dimension.PLATFORM), null), node);
            assertThat(parts.stream().map(TrafficPart::platform))
                    .as(asked)
                    .containsExactlyElementsOf(node.platforms().keySet());
            for (TrafficPart part : parts) {
                PlatformFigures platform =
                        Objects.requireNonNull(node.platforms().get(part.platform()));
                assertThat(part.sentCount()).as(asked).isEqualTo(platform.sentCount());
                assertThat(part.sentUserCount()).as(asked).isEqualTo(platform.sentUserCount());
                assertThat(part.engagements()).as(asked).isEqualTo(platform.engagements());
            }
        }

        private static List<TrafficPart> ofNode(Traffic traffic, NodeFigures node) {
            return traffic.parts().stream()
                    .filter(part -> node.nodeId().equals(part.nodeId()))
                    .toList();
        }

        private Traffic traffic(Set<Dimension> by, @Nullable Bucket bucket) {
            return new CellTraffic(subject.projection()).traffic(new TrafficQuery(query, by, bucket, null, null, null));
        }
    }
}
