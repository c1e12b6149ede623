package io.milepost.analytics.reference;

import io.milepost.analytics.reference.FigureRequest.Bucket;
import io.milepost.analytics.reference.FigureRequest.Figure;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions that hit the events where it hurts: on their very instants, in odd zones, about few or no entries. */
public final class AwkwardQueries {

    static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kathmandu",
            "Australia/Adelaide",
            "America/Santiago",
            "Africa/Cairo",
            "Pacific/Kiritimati");

    private static final List<String> MEASURES = List.of(
            "entries",
            "entryUsers",
            "activeEntries",
            "exits",
            "exitsByReason",
            "exitsByReason.completed",
            "exitedUsers",
            "convertedUsers",
            "convertedEntries",
            "conversionEvents",
            "conversionRate",
            "goalPerformers",
            "goalEvents",
            "goalValue",
            "activeUsers",
            "messagesSent",
            "messagesFailed",
            "channels",
            "channels.push.sent",
            "trafficCost",
            "rejectedEntries");

    private static final List<String> NODE_MEASURES = List.of(
            "entryCount",
            "entryUserCount",
            "completedCount",
            "completionRate",
            "waitingUserCount",
            "droppedUserCount",
            "exitCount",
            "sentCount",
            "sentUserCount",
            "engagements",
            "engagements.clicked.users",
            "engagements.clicked.machine",
            "clickThroughRate",
            "outcomes",
            "outcomes.yes.users",
            "duration",
            "duration.max",
            "platforms");

    private final Dice dice;
    private final List<SeenEvent> events;

    /** @param events not empty */
    public AwkwardQueries(long seed, List<String> events) {
        this.dice = new Dice(new Random(seed), Map.of());
        this.events = events.stream().map(SeenEvent::parse).toList();
    }

    public List<FigureRequest> all() {
        return journeys().stream().flatMap(journey -> of(journey).stream()).toList();
    }

    private List<String> journeys() {
        return events.stream()
                .filter(event ->
                        event.hasEntryFields() || event.is("journey.defined") || event.is("journey.entry.rejected"))
                .map(event -> event.text("journeyId"))
                .distinct()
                .toList();
    }

    private List<FigureRequest> of(String journey) {
        List<FigureRequest> requests = new ArrayList<>();
        ReferenceQuery everything = ReferenceQuery.all(instant());
        List<ReferenceQuery> queries = new ArrayList<>(List.of(everything, everything.withBasis(true)));
        for (int number = 0; number < 6; number++) {
            queries.add(query());
        }
        for (ReferenceQuery query : queries) {
            for (Figure figure : List.of(Figure.SUMMARY, Figure.NODES, Figure.TRANSITIONS, Figure.STAGES)) {
                requests.add(FigureRequest.of(journey, figure, query));
            }
        }
        for (int number = 0; number < 4; number++) {
            requests.add(series(journey));
        }
        return requests;
    }

    public ReferenceQuery query() {
        ReferenceQuery query = ReferenceQuery.all(instant())
                .withBasis(dice.chance(0.5))
                .withTests(dice.chance(0.2))
                .withZone(ZoneId.of(dice.of(ZONES)))
                .withVersions(versions())
                .withVariants(variants());
        Instant one = end();
        Instant other = end();
        if (one.equals(other)) {
            return dice.chance(0.5) ? query.between(one, null) : query.between(null, one);
        }
        boolean inOrder = one.isBefore(other);
        return query.between(open(inOrder ? one : other), open(inOrder ? other : one));
    }

    private @Nullable Instant open(Instant end) {
        return dice.chance(0.2) ? null : end;
    }

    private Set<Long> versions() {
        return dice.chance(0.6) ? Set.of() : Set.of(dice.of(List.of(1L, 2L, 99L)), dice.of(List.of(3L, 4L, 5L)));
    }

    private Set<String> variants() {
        return dice.chance(0.6)
                ? Set.of()
                : Set.of(dice.of(List.of("A", "none", "none", "nobody")), dice.of(List.of("B", "control", "ﬀ & co")));
    }

    /** An instant of an event, or right beside it. */
    private Instant instant() {
        return dice.of(events).time().plusNanos(dice.between(-1, 1));
    }

    private Instant end() {
        return switch (dice.between(0, 3)) {
            case 0 -> instant();
            case 1, 2 -> instant().truncatedTo(ChronoUnit.DAYS);
            default -> Instant.parse(dice.of(List.of("1999-12-31T00:00:00Z", "2031-01-01T00:00:00.000000001Z")));
        };
    }

    private FigureRequest series(String journey) {
        String node = dice.of(nodes(journey));
        boolean ofNode = dice.chance(0.5);
        Bucket bucket = dice.of(List.of(Bucket.values()));
        ReferenceQuery query = query();
        Instant from = dice.chance(0.5) ? instant() : instant().truncatedTo(ChronoUnit.DAYS);
        Instant to =
                from.plus(bucket == Bucket.HOUR ? dice.between(2, 40) : 24 * dice.between(2, 60), ChronoUnit.HOURS);
        boolean open = bucket != Bucket.HOUR && dice.chance(0.3);
        ReferenceQuery asked = query.between(open ? null : from, open ? null : to);
        String measure = dice.of(ofNode ? NODE_MEASURES : MEASURES);
        return FigureRequest.series(journey, asked, measure, bucket, ofNode ? node : null);
    }

    private List<String> nodes(String journey) {
        List<String> nodes = events.stream()
                .filter(event -> event.is("journey.node.entered"))
                .filter(event -> event.text("journeyId").equals(journey))
                .map(event -> event.text("nodeId"))
                .distinct()
                .toList();
        return nodes.isEmpty() ? List.of("n1") : nodes;
    }
}
