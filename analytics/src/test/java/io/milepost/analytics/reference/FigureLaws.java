package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The laws any subject must keep, each checked on the stream of one seed. A law that is broken throws an
 * {@link AssertionError} that names law, seed, question and difference, with the few events that suffice to see it.
 */
public final class FigureLaws {

    private static final int SHOWN = 12;
    private static final int REPRODUCED = 4;

    private final Supplier<Subject> fresh;

    /** @param fresh gives a subject that knows no event yet */
    public FigureLaws(Supplier<Subject> fresh) {
        this.fresh = fresh;
    }

    /** However the events come, every figure is the reference's, at every check on the way. */
    public void equalsTheReference(long seed, Delivery delivery) {
        List<String> events = AwkwardStreams.of(seed).events();
        equalsTheReference(seed, delivery, events, new AwkwardQueries(seed, events).all());
    }

    void equalsTheReference(long seed, Delivery delivery, List<String> events, List<FigureRequest> requests) {
        List<Finding> findings = judged(seed, delivery, events, requests);
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.stream()
                    .limit(REPRODUCED)
                    .map(finding -> reproduced(seed, delivery, events, finding))
                    .collect(Collectors.joining("\n\n")));
        }
    }

    /** With the plainest delivery that shows it: what had come by then in one go, else in the same way. */
    private String reproduced(long seed, Delivery delivery, List<String> events, Finding finding) {
        if (shows(seed, Delivery.IN_ONE_GO, finding.delivered(), finding)) {
            return reduced(seed, Delivery.IN_ONE_GO, finding.delivered(), finding);
        }
        return shows(seed, delivery, events, finding)
                ? reduced(seed, delivery, events, finding)
                : told(delivery.name() + " (not seen again)", seed, finding, events);
    }

    private boolean shows(long seed, Delivery delivery, List<String> events, Finding finding) {
        return judged(seed, delivery, events, List.of(finding.request())).stream()
                .anyMatch(found -> found.kind().equals(finding.kind()));
    }

    private String reduced(long seed, Delivery delivery, List<String> events, Finding finding) {
        List<String> few = Minimiser.reduce(events, fewer -> shows(seed, delivery, fewer, finding));
        Finding smallest = judged(seed, delivery, few, List.of(finding.request())).stream()
                .findFirst()
                .orElse(finding);
        return told(delivery.name(), seed, smallest, few);
    }

    /** The first question for each kind of difference: figure and measure. */
    private record Finding(String kind, FigureRequest request, List<String> differences, List<String> delivered) {}

    private List<Finding> judged(long seed, Delivery delivery, List<String> events, List<FigureRequest> requests) {
        try (Subject subject = fresh.get()) {
            Judged course = new Judged(subject, requests);
            course.run(delivery, events, new Random(seed));
            return List.copyOf(course.findings.values());
        }
    }

    private static final class Judged implements Delivery.Course {
        private final Subject subject;
        private final List<FigureRequest> requests;
        private final List<String> delivered = new ArrayList<>();
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        Judged(Subject subject, List<FigureRequest> requests) {
            this.subject = subject;
            this.requests = requests;
        }

        void run(Delivery delivery, List<String> events, Random random) {
            try {
                delivery.run(events, random, this);
                check();
            } catch (IllegalStateException e) {
                find("failed to take events", requests.get(0), List.of(String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void feed(List<String> batch) {
            if (findings.isEmpty() && !batch.isEmpty()) {
                subject.feed(List.copyOf(batch));
                delivered.addAll(batch);
            }
        }

        @Override
        public void restart() {
            if (findings.isEmpty() && subject.restarts()) {
                subject.restart();
            }
        }

        @Override
        public void check() {
            if (findings.isEmpty()) {
                ReferenceEvaluator reference = new ReferenceEvaluator(delivered);
                requests.stream()
                        .filter(reference::knows)
                        .forEach(request -> compare(request, reference.figures(request)));
            }
        }

        private void compare(FigureRequest request, JsonNode expected) {
            try {
                List<FigureDifference> differences = FigureDifference.between(expected, subject.figures(request));
                if (!differences.isEmpty()) {
                    String measure = differences.get(0).path().replaceAll("\\[.*?]", "");
                    find(
                            request.figure() + " " + measure,
                            request,
                            differences.stream().map(FigureDifference::toString).toList());
                }
            } catch (IllegalStateException e) {
                find(request.figure() + " failed", request, List.of(String.valueOf(e.getMessage())));
            }
        }

        private void find(String kind, FigureRequest request, List<String> differences) {
            findings.putIfAbsent(kind, new Finding(kind, request, differences, List.copyOf(delivered)));
        }
    }

    /** People who share nothing: what is counted adds up, users too. */
    public void countsOfDisjointPeopleAddUp(long seed) {
        List<String> some = AwkwardStreams.of(seed).events();
        List<String> others =
                AwkwardStreams.of(seed).withPeople(seed + 1_000_003, "o-").events();
        // The definitions of both, for both: where one side lost some, the other's would change it.
        List<String> definitions = Stream.concat(some.stream(), others.stream())
                .filter(event -> SeenEvent.parse(event).is("journey.defined"))
                .toList();
        List<FigureRequest> requests = plain(new AwkwardQueries(seed, some).all());
        List<JsonNode> left = answers(join(some, definitions), requests);
        List<JsonNode> right = answers(join(others, definitions), requests);
        List<JsonNode> both = answers(join(some, others), requests);
        for (int place = 0; place < requests.size(); place++) {
            String problem = Sums.difference(
                    Sums.add(Sums.counts(left.get(place)), Sums.counts(right.get(place))),
                    Sums.counts(both.get(place)));
            if (problem != null) {
                throw new AssertionError("disjoint people, seed " + seed + ", " + requests.get(place) + ": " + problem);
            }
        }
    }

    public void namesOfUsersDoNotMatter(long seed) {
        List<String> events = AwkwardStreams.of(seed).events();
        List<FigureRequest> requests = plain(new AwkwardQueries(seed, events).all());
        same("other names of users", seed, requests, events, Rewrite.all(events, Rewrite::renameUser), requests);
    }

    /** A whole number of days back, ranges and {@code asOf} too. */
    public void shiftingByWholeDaysDoesNotMatter(long seed) {
        List<String> events = AwkwardStreams.of(seed).events();
        long days = 1 + new Random(seed).nextInt(700);
        List<FigureRequest> requests = plain(new AwkwardQueries(seed, events).all());
        List<FigureRequest> earlier = requests.stream()
                .map(request -> request.with(Rewrite.shift(request.query(), days)))
                .toList();
        List<String> shifted = Rewrite.all(events, event -> Rewrite.shift(event, days));
        same("shifted by " + days + " days", seed, requests, events, shifted, earlier);
    }

    private void same(
            String law,
            long seed,
            List<FigureRequest> requests,
            List<String> events,
            List<String> changed,
            List<FigureRequest> changedRequests) {
        List<JsonNode> before = answers(events, requests);
        List<JsonNode> after = answers(changed, changedRequests);
        for (int place = 0; place < requests.size(); place++) {
            List<FigureDifference> differences = FigureDifference.between(before.get(place), after.get(place));
            if (!differences.isEmpty()) {
                throw new AssertionError(law + ", seed " + seed + ", " + requests.get(place) + ": " + differences);
            }
        }
    }

    /** A range cut in two at any instant: what is counted one by one adds up. */
    public void countsOfBothPartsOfARangeAddUp(long seed) {
        List<String> events = AwkwardStreams.of(seed).events();
        AwkwardQueries queries = new AwkwardQueries(seed, events);
        Instant cut = events.stream()
                .map(event -> SeenEvent.parse(event).time())
                .skip(events.size() / 2)
                .findFirst()
                .orElseThrow();
        for (FigureRequest request : plain(queries.all())) {
            ReferenceQuery query = request.query();
            if (query.contains(cut) && !cut.equals(query.from())) {
                List<FigureRequest> parts = List.of(
                        request,
                        request.with(query.between(query.from(), cut)),
                        request.with(query.between(cut, query.to())));
                List<JsonNode> answers = answers(events, parts);
                String problem = Sums.difference(
                        Sums.add(
                                Sums.additive(answers.get(1), query.activity()),
                                Sums.additive(answers.get(2), query.activity())),
                        Sums.additive(answers.get(0), query.activity()));
                if (problem != null) {
                    throw new AssertionError("cut at " + cut + ", seed " + seed + ", " + request + ": " + problem);
                }
            }
        }
    }

    /** In any zone and bucket the points of {@code entries} add up to the summary's. */
    public void pointsAddUpInEveryZone(long seed) {
        List<String> events = AwkwardStreams.of(seed).events();
        List<FigureRequest> requests = new ArrayList<>();
        ReferenceEvaluator reference = new ReferenceEvaluator(events);
        for (String journey : reference.journeys()) {
            for (String zone : AwkwardQueries.ZONES) {
                ReferenceQuery query = ReferenceQuery.all(Instant.EPOCH).withZone(ZoneId.of(zone));
                for (FigureRequest.Bucket bucket : FigureRequest.Bucket.values()) {
                    requests.add(FigureRequest.series(journey, query, "entries", bucket, null));
                }
            }
        }
        List<JsonNode> answers = answers(events, requests);
        for (int place = 0; place < requests.size(); place++) {
            FigureRequest request = requests.get(place);
            long sum = Json.elements(answers.get(place).path("points"))
                    .mapToLong(point -> point.path("value").asLong())
                    .sum();
            long entries = reference
                    .summary(request.journeyId(), request.query())
                    .path("entries")
                    .asLong();
            if (sum != entries) {
                throw new AssertionError("points of " + request + ", seed " + seed + ": " + sum + " of " + entries);
            }
        }
    }

    private static List<FigureRequest> plain(List<FigureRequest> requests) {
        return requests.stream().filter(request -> request.measure() == null).toList();
    }

    private List<JsonNode> answers(List<String> events, List<FigureRequest> requests) {
        try (Subject subject = fresh.get()) {
            subject.feed(events);
            return requests.stream().map(subject::figures).toList();
        }
    }

    private static List<String> join(List<String> some, List<String> others) {
        List<String> joined = new ArrayList<>(some);
        joined.addAll(others);
        return joined;
    }

    private static String told(String law, long seed, Finding finding, List<String> events) {
        String differences = finding.differences().stream().limit(SHOWN).collect(Collectors.joining("\n  "));
        String reproducer = events.size() > 200
                ? events.size() + " events of AwkwardStreams.of(" + seed + ")"
                : String.join("\n  ", events);
        return "%s, seed %d%n%s%n  %s%nevents that suffice:%n  %s"
                .formatted(law, seed, finding.request(), differences, reproducer);
    }
}
