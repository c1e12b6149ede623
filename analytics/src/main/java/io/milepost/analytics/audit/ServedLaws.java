package io.milepost.analytics.audit;

import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.ChannelFigures;
import io.milepost.analytics.measure.Durations;
import io.milepost.analytics.measure.Engagement;
import io.milepost.analytics.measure.JourneyFigures;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.PlatformFigures;
import io.milepost.analytics.measure.Rate;
import io.milepost.analytics.measure.Scope;
import io.milepost.analytics.measure.StageFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The laws of figures as they are served, of all time and by one basis. For one read under the lock. */
final class ServedLaws {

    private final JourneyFigures figures;
    private final Findings findings;
    private final String scope;
    private final MeasureQuery query;

    ServedLaws(JourneyFigures figures, String journeyId, Basis basis, Instant now, Findings findings) {
        this.figures = figures;
        this.findings = findings;
        this.scope = "journey=" + journeyId + CellNames.basis(basis == Basis.ACTIVITY);
        this.query = new MeasureQuery(journeyId, Scope.allTime(now).by(basis));
    }

    void check() {
        JourneySummary summary = figures.summary(query);
        List<NodeFigures> nodes = figures.nodes(query);
        rate(scope, "conversionRate", summary.conversionRate());
        channels(summary, nodes);
        for (NodeFigures node : nodes) {
            node(scope + " node=" + node.nodeId(), node);
        }
        for (StageFigures stage : figures.stages(query)) {
            rate(scope + " stage=" + stage.id(), "conversionRate", stage.conversionRate());
            rate(scope + " stage=" + stage.id(), "dropOffRate", stage.dropOffRate());
        }
    }

    private void channels(JourneySummary summary, List<NodeFigures> nodes) {
        addUp(
                "channels",
                "messagesSent",
                summary.messagesSent(),
                summary.channels().values(),
                ChannelFigures::sent);
        addUp(
                "channels",
                "messagesFailed",
                summary.messagesFailed(),
                summary.channels().values(),
                ChannelFigures::failed);
        addUp("nodes", "messagesSent", summary.messagesSent(), nodes, NodeFigures::sentCount);
        addUp("nodes", "messagesFailed", summary.messagesFailed(), nodes, NodeFigures::failedCount);
    }

    private <P> void addUp(String parts, String measure, long total, Iterable<P> of, ToLongFunction<P> part) {
        addUp(Law.SUM_OVER_CHANNELS, scope, parts, measure, total, of, part);
    }

    private <P> void addUp(
            Law law, String where, String parts, String measure, long total, Iterable<P> of, ToLongFunction<P> part) {
        long sum = 0;
        for (P each : of) {
            sum += part.applyAsLong(each);
        }
        findings.equal(law, where, measure, total, "of all " + parts, sum);
    }

    private void node(String where, NodeFigures node) {
        rate(where, "completionRate", node.completionRate());
        rate(where, "dropOffRate", node.dropOffRate());
        rate(where, "clickThroughRate", node.clickThroughRate());
        platform(where, "sentCount", node.sentCount(), node, PlatformFigures::sentCount);
        platform(where, "failedCount", node.failedCount(), node, PlatformFigures::failedCount);
        node.engagements().forEach((kind, engagement) -> {
            platform(where, kind, engagement.count(), node, of -> engagement(of, kind)
                    .count());
            platform(where, kind + " machine", engagement.machine(), node, of -> engagement(of, kind)
                    .machine());
        });
        durations(where, node.duration());
    }

    private void platform(
            String where, String measure, long total, NodeFigures node, ToLongFunction<PlatformFigures> part) {
        addUp(
                Law.SUM_OVER_PLATFORMS,
                where,
                "platforms",
                measure,
                total,
                node.platforms().values(),
                part);
    }

    private static Engagement engagement(PlatformFigures of, String kind) {
        return of.engagements().getOrDefault(kind, new Engagement(0, 0, 0));
    }

    private void rate(String where, String name, Rate rate) {
        Double value = rate.denominator() == 0 ? null : 100.0 * rate.numerator() / rate.denominator();
        findings.check(
                Law.RATES_ARE_SHARES,
                where,
                0 <= rate.numerator() && rate.numerator() <= rate.denominator() && Objects.equals(value, rate.value()),
                name + " from 0 to 100 %, or none of nothing",
                rate);
    }

    private void durations(String where, Durations of) {
        Double min = of.min();
        Double mean = of.mean();
        Double max = of.max();
        List<Double> ascending = new ArrayList<>();
        for (Double value : new Double[] {min, of.p50(), of.p90(), of.p95(), of.p99(), max}) {
            if (value != null) {
                ascending.add(value);
            }
        }
        boolean holds = of.count() == 0
                ? ascending.isEmpty()
                : ascending.size() == 6
                        && ascending.stream().sorted().toList().equals(ascending)
                        && min != null
                        && mean != null
                        && max != null
                        && isFrom(min, mean, max);
        findings.check(Law.DURATIONS_OF_COMPLETED, where, holds, "durations in order", of);
    }

    /** But for what a mean of decimals may lose in its last digits. */
    private static boolean isFrom(double min, double mean, double max) {
        double slack = 1e-9 * Math.max(1, max);
        return min - slack <= mean && mean <= max + slack;
    }
}
