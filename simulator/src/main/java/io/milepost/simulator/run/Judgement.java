package io.milepost.simulator.run;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.truth.Truth;
import io.milepost.simulator.verify.AnalyticsClient;
import io.milepost.simulator.verify.Checklist;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Verdict;
import io.milepost.simulator.verify.Verifier;
import io.milepost.transport.Delivery;
import io.milepost.transport.DropReason;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Holds analytics to the truth of a course, person by person, so that a large one needs no more memory than a small one. */
public final class Judgement {

    private static final int TELLS_EVERY = 500;

    private final Course course;
    private final ZoneId accountZone;
    private final Checklist checklist;
    private final Truth truth;

    /**
     * Lives through all lives; costs about as much as playing them.
     *
     * @param accountZone by whose months engaged persons are counted
     */
    public Judgement(Course course, ZoneId accountZone) {
        this(course, accountZone, people -> {});
    }

    /**
     * Lives through all lives; costs about as much as playing them.
     *
     * @param accountZone by whose months engaged persons are counted
     * @param progress is told, now and then, how many people were lived through so far
     */
    public Judgement(Course course, ZoneId accountZone, LongConsumer progress) {
        this.course = course;
        this.accountZone = accountZone;
        this.checklist =
                new Checklist(course.definitions(), course.variants(), course.start(), course.end(), course.zone());
        this.truth =
                new Truth(course.definitions(), checklist.all(), checklist.whole(), checklist.lists(), accountZone);
        course.lives(life -> {
            truth.add(life);
            if (truth.people() % TELLS_EVERY == 0) {
                progress.accept(truth.people());
            }
        });
    }

    public Truth truth() {
        return truth;
    }

    /** All of a journey, by cohort. */
    public Scope everything(String journeyId) {
        return Scope.all(journeyId, course.end());
    }

    /** @param minEvents accepted events that every answer must know of */
    public Verifier against(AnalyticsClient analytics, long minEvents) {
        return new Verifier(analytics, checklist, truth, course.definitions(), course::lives, accountZone, minEvents)
                .withImports(course.imports());
    }

    /**
     * The verdict, with the law of ingest: what was received is accepted, duplicate or rejected.
     *
     * @param interrupted whether analytics was ended in between: what it took without answering for it is then sent once
     *     more and answered as a duplicate, so only that each event was accepted once can be asked
     * @param acceptedBefore accepted events before the first of these, of anybody
     * @param acceptedAfter and after the last
     */
    public static Verdict with(
            Verdict verdict, Played played, boolean interrupted, long acceptedBefore, long acceptedAfter) {
        List<Difference> differences = new ArrayList<>(ingest(played, interrupted, acceptedAfter - acceptedBefore));
        differences.addAll(verdict.differences());
        return new Verdict(verdict.questions(), verdict.compared() + 3, differences, verdict.notes());
    }

    private static List<Difference> ingest(Played played, boolean interrupted, long accepted) {
        Delivery delivery = played.delivery();
        List<Difference> differences = new ArrayList<>();
        if (!played.complete()) {
            differences.add(ingest("waiting events", "0", Long.toString(delivery.waiting())));
        }
        if (delivery.droppedInAll() > 0) {
            differences.add(ingest("dropped events", "none", delivery.dropped() + ", last: " + delivery.lastFailure()));
        }
        long rejected = delivery.dropped(DropReason.REJECTED);
        long answered = delivery.delivered() + rejected;
        long sum = accepted + delivery.duplicates() + rejected;
        if (interrupted && accepted != played.told()) {
            differences.add(ingest("accepted", Long.toString(played.told()), Long.toString(accepted)));
        }
        if (!interrupted && answered != sum) {
            differences.add(ingest(
                    "received = accepted + duplicates + rejected",
                    Long.toString(answered),
                    accepted + " + " + delivery.duplicates() + " + " + rejected + " = " + sum));
        }
        return differences;
    }

    private static Difference ingest(String measure, String expected, String got) {
        return new Difference("ingest", "all", measure, expected, got);
    }
}
