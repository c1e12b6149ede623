package io.milepost.analytics.api;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.milepost.analytics.journal.Freshness;
import io.milepost.analytics.journal.JournalProgress;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.Buckets;
import io.milepost.analytics.measure.Durations;
import io.milepost.analytics.measure.Engagement;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyFigures;
import io.milepost.analytics.measure.JourneyListQuery;
import io.milepost.analytics.measure.JourneyOverview;
import io.milepost.analytics.measure.JourneyPage;
import io.milepost.analytics.measure.JourneySummary;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.NodeFigures;
import io.milepost.analytics.measure.OutcomeCount;
import io.milepost.analytics.measure.PlatformFigures;
import io.milepost.analytics.measure.Rate;
import io.milepost.analytics.measure.SeriesMeasure;
import io.milepost.analytics.measure.SeriesPoint;
import io.milepost.analytics.measure.StageFigures;
import io.milepost.analytics.measure.TimelineEvent;
import io.milepost.analytics.measure.Transition;
import io.milepost.analytics.measure.UserTimeline;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.AccountStore;
import io.milepost.analytics.store.Erasure;
import io.milepost.spi.JourneyDefinition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A few journeys in memory, behind every interface that the controllers ask: each of a journey's entries is one user who
 * was sent one message at its start. Only tests that set {@code known-journeys} see it.
 */
@Primary
@Singleton
@Requires(property = "known-journeys")
final class KnownJourneys
        implements JourneyFigures, JourneyCatalogue, UserTimeline, JournalProgress, AccountStore, Erasure {

    record Entry(String userId, long version, @Nullable String variant, boolean test, Instant startedAt) {}

    static final String BPMN = "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" name=\"Grüße\"/>";

    final List<String> erased = new ArrayList<>();
    final List<CompletableFuture<Freshness>> waiting = Collections.synchronizedList(new ArrayList<>());
    volatile long projected = 10;
    volatile boolean replayed = true;
    volatile @Nullable MeasureQuery asked;
    private volatile Account account = new Account("Milepost", ZoneId.of("UTC"), null);

    private final Map<String, List<Entry>> entries = Map.of(
            "onboarding",
            List.of(
                    new Entry("u1", 1, "A", false, Instant.parse("2026-03-01T10:00:00Z")),
                    new Entry("u2", 1, null, false, Instant.parse("2026-03-03T10:00:00Z")),
                    new Entry("u3", 2, "B", false, Instant.parse("2026-03-03T23:30:00Z")),
                    new Entry("u4", 2, "B", true, Instant.parse("2026-03-04T10:00:00Z"))),
            "a b/ü;1+&",
            List.of());

    @Override
    public JourneySummary summary(MeasureQuery query) {
        asked = query;
        long count = inScope(query);
        return new JourneySummary(
                count,
                count,
                count,
                0,
                Map.of(),
                0,
                0,
                0,
                0,
                Rate.of(0, count),
                0,
                0,
                0,
                Map.of("EUR", "12345678901234567890.000000001"),
                0,
                count,
                0,
                Map.of(),
                Map.of(),
                Map.of());
    }

    @Override
    public List<NodeFigures> nodes(MeasureQuery query) {
        asked = query;
        long count = inScope(query);
        var clicked = Map.of("clicked", new Engagement(count, count, 0));
        return List.of(new NodeFigures(
                "push",
                "Welcome push",
                "send",
                "push",
                count,
                count,
                0,
                count,
                0,
                0,
                Rate.of(0, count),
                count,
                0,
                Rate.of(0, count),
                count,
                0,
                count,
                0,
                clicked,
                Rate.of(count, count),
                Map.of("yes.no", new OutcomeCount(1, 1)),
                Durations.NONE,
                Map.of("android", new PlatformFigures(count, 0, count, 0, clicked))));
    }

    @Override
    public List<Transition> transitions(MeasureQuery query) {
        return List.of(new Transition(null, "push", null, inScope(query), inScope(query)));
    }

    @Override
    public List<StageFigures> stages(MeasureQuery query) {
        return List.of(new StageFigures(
                "welcome", "Welcome", inScope(query), 0, inScope(query), 0, Rate.of(0, 3), Rate.of(0, 3)));
    }

    @Override
    public List<SeriesPoint> series(MeasureQuery query, SeriesMeasure measure, Bucket bucket) {
        Instant from = query.from() == null ? Instant.parse("2026-03-01T10:00:00Z") : query.from();
        Instant to = query.to() == null ? Instant.parse("2026-03-04T10:00:00.000000001Z") : query.to();
        return Buckets.of(bucket, query.zone(), from, to).stream()
                .map(slice -> point(slice, query.between(slice.from(), slice.to()), measure))
                .toList();
    }

    private SeriesPoint point(Buckets.Slice slice, MeasureQuery query, SeriesMeasure measure) {
        return new SeriesPoint(
                slice.start(), measure.nodeId() == null ? measure.of(summary(query)) : measure.of(nodes(query)));
    }

    private long inScope(MeasureQuery query) {
        return entries.getOrDefault(query.journeyId(), List.of()).stream()
                .filter(entry -> query.scope().covers(entry.startedAt()))
                .filter(entry -> query.scope().wants(entry.version(), entry.variant(), entry.test()))
                .count();
    }

    @Override
    public JourneyPage journeys(JourneyListQuery query) {
        if ("fault".equals(query.search())) {
            throw new IllegalStateException("an internal matter");
        }
        List<String> found = entries.keySet().stream()
                .filter(id -> query.search() == null || id.contains(query.search()))
                .sorted()
                .toList();
        return new JourneyPage(
                found.stream()
                        .skip(query.offset())
                        .limit(query.size())
                        .map(id -> overview(new MeasureQuery(id, query.scope())))
                        .toList(),
                found.size());
    }

    private JourneyOverview overview(MeasureQuery query) {
        long count = inScope(query);
        return new JourneyOverview(
                query.journeyId(), null, List.of(1L, 2L), count, Rate.of(0, count), count, null, null);
    }

    @Override
    public boolean knows(String journeyId) {
        return entries.containsKey(journeyId);
    }

    @Override
    public boolean knowsNode(String journeyId, String nodeId) {
        return nodeId.equals("push");
    }

    @Override
    public boolean knowsStage(String journeyId, String stageId) {
        return stageId.equals("welcome");
    }

    @Override
    public List<JourneyDefinition> definitions(String journeyId) {
        if (!journeyId.equals("onboarding")) {
            return List.of();
        }
        return List.of(definition(1, "Onboarding", null), definition(2, null, BPMN));
    }

    private static JourneyDefinition definition(long version, @Nullable String name, @Nullable String bpmn) {
        return new JourneyDefinition(
                "onboarding",
                version,
                name,
                List.of(new JourneyDefinition.Node("push", "Welcome push", "send", "push")),
                List.of(new JourneyDefinition.Edge(null, "start", "push", null)),
                List.of(new JourneyDefinition.Stage("welcome", "Welcome", List.of("push"))),
                "purchase",
                List.of(new JourneyDefinition.Condition(
                        "category", JourneyDefinition.Operator.IN, List.of("shoes", "hats"))),
                Duration.ofDays(1),
                true,
                bpmn);
    }

    @Override
    public List<TimelineEvent> timeline(String userId) {
        if (!userId.equals("u1") || erased.contains(userId)) {
            return List.of();
        }
        Instant time = Instant.parse("2026-03-01T10:00:00.123456789Z");
        return List.of(new TimelineEvent(
                time, "journey.entered", "/engines/test", "e1", time.plusSeconds(1), Map.of("entryId", "entry-1")));
    }

    @Override
    public Freshness freshness() {
        return new Freshness(12, projected, Instant.parse("2026-03-05T00:00:00Z"));
    }

    @Override
    public boolean ready() {
        return replayed;
    }

    /** Completes at once, or when the test completes what it finds in {@link #waiting}. */
    @Override
    public CompletableFuture<Freshness> whenProjected(long events) {
        if (projected >= events) {
            return CompletableFuture.completedFuture(freshness());
        }
        CompletableFuture<Freshness> future = new CompletableFuture<>();
        waiting.add(future);
        return future;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public void save(Account changed) {
        account = changed;
    }

    @Override
    public void erase(String userId) {
        erased.add(userId);
    }
}
