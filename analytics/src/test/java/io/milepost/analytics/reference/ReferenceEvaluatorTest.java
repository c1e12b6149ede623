package io.milepost.analytics.reference;

import static io.milepost.analytics.reference.Story.activity;
import static io.milepost.analytics.reference.Story.all;
import static io.milepost.analytics.reference.Story.instant;
import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.reference.FigureRequest.Bucket;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceEvaluatorTest {

    private static final String DAY_WINDOW = "{'conversionEvent': 'buy', 'attributionWindow': 'P1D'}";

    // ---- entries

    @Test
    void takesUserAndVariantFromTheEarliestEntered() {
        Story story = new Story()
                .at("09:00")
                .arrived("e1", "someone", "a", "v1")
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'A'")
                .at("11:00")
                .entered("e1", "bob")
                .with("variant", "'B'");
        assertThat(story.summary("entries", all().withVariants(Set.of("A")))).isEqualTo("1");
        assertThat(story.summary("entries", all().withVariants(Set.of("B", "none"))))
                .isEqualTo("0");
        // It starts at 10:00, when it was entered, though the visit came first.
        assertThat(story.summary("entries", all().between(instant("10:00"), null)))
                .isEqualTo("1");
        assertThat(story.summary("entries", all().between(null, instant("10:00"))))
                .isEqualTo("0");
    }

    @Test
    void anEntryWhoseStartWasLostStartsWithItsEarliestEvent() {
        Story story = new Story()
                .at("11:00")
                .exited("e1", "bob", "completed")
                .with("version", "2")
                .at("10:00")
                .sent("e1", "ann", "a", "m1")
                .with("version", "3");
        assertThat(story.summary("entries", all().withVersions(Set.of(3L)))).isEqualTo("1");
        assertThat(story.summary("entries", all().withVersions(Set.of(2L)))).isEqualTo("0");
        assertThat(story.summary("exitsByReason")).isEqualTo("{'completed':1}");
    }

    @Test
    void eventsOfOneInstantGoBySequenceThenSourceThenIdByCodePoint() {
        // U+1F600 is above U+FB00, though its first UTF-16 unit is below.
        Story byId = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'face'")
                .id("\uD83D\uDE00")
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'ligature'")
                .id("\uFB00");
        assertThat(byId.summary("entries", all().withVariants(Set.of("ligature"))))
                .isEqualTo("1");
        Story bySequence = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'absent is 0'")
                .id("z")
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'one'")
                .with("sequence", "1")
                .id("a");
        assertThat(bySequence.summary("entries", all().withVariants(Set.of("absent is 0"))))
                .isEqualTo("1");
    }

    @Test
    void leavesTestEntriesOutUnlessAsked() {
        Story story = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .with("test", "true")
                .entered("e2", "bob");
        assertThat(story.summary("entries")).isEqualTo("1");
        assertThat(story.summary("entries", all().withTests(true))).isEqualTo("2");
    }

    @Test
    void theEarliestExitCountsAndWithoutANodeItIsThatOfTheLastVisit() {
        Story story = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .at("10:01")
                .arrived("e1", "ann", "a", "v1")
                .at("10:02")
                .arrived("e1", "ann", "b", "v2")
                .at("10:05")
                .exited("e1", "ann", "expired")
                .at("10:06")
                .exited("e1", "ann", "completed")
                .with("nodeId", "'a'");
        assertThat(story.summary("exitsByReason")).isEqualTo("{'expired':1}");
        assertThat(story.summary("exitedUsers")).isEqualTo("0");
        assertThat(story.node("b", "exitCount")).isEqualTo("1");
        assertThat(story.node("a", "exitCount")).isEqualTo("0");
    }

    // ---- visits

    @Test
    void anExitAtAnotherNodeClosesTheVisit() {
        Story story = new Story()
                .at("10:00")
                .arrived("e1", "ann", "old", "v1")
                .at("10:01")
                .left("e1", "ann", "new", "v1")
                .with("outcome", "'yes'");
        assertThat(story.node("old", "completedCount")).isEqualTo("1");
        assertThat(story.node("old", "outcomes")).isEqualTo("{'yes':{'count':1,'users':1}}");
        assertThat(story.node("new", "entryCount")).isEqualTo("0");
    }

    @Test
    void completedWaitingAndDroppedUsersMakeUpAll() {
        // ann completes her second visit, bob is there still, cid was cancelled, dan left the journey from there.
        Story story = new Story()
                .at("10:00")
                .arrived("e1", "ann", "a", "v1")
                .arrived("e1", "ann", "a", "v2")
                .arrived("e2", "bob", "a", "v1")
                .arrived("e3", "cid", "a", "v1")
                .arrived("e4", "dan", "a", "v1")
                .at("10:01")
                .left("e1", "ann", "a", "v2")
                .left("e3", "cid", "a", "v1")
                .with("cancelled", "true")
                .with("outcome", "'no'")
                .exited("e4", "dan", "failed");
        assertThat(story.node("a", "entryCount")).isEqualTo("5");
        assertThat(story.node("a", "completedCount")).isEqualTo("1");
        // ann's first visit and bob's; dan's was closed by his exit.
        assertThat(story.node("a", "activeCount")).isEqualTo("2");
        assertThat(story.node("a", "completionRate")).isEqualTo("{'value':25.0,'numerator':1,'denominator':4}");
        assertThat(story.node("a", "waitingUserCount")).isEqualTo("1");
        assertThat(story.node("a", "droppedUserCount")).isEqualTo("2");
        assertThat(story.node("a", "dropOffRate")).isEqualTo("{'value':50.0,'numerator':2,'denominator':4}");
        // A branch taken is a branch taken, cancelled or not.
        assertThat(story.node("a", "outcomes")).isEqualTo("{'no':{'count':1,'users':1}}");
    }

    @Test
    void byActivityAVisitCountsWhenEnteredAndCompletesWhenLeft() {
        Story story = new Story()
                .at("10:00")
                .arrived("e1", "ann", "a", "v1")
                .arrived("e2", "bob", "a", "v1")
                .at("11:00")
                .left("e1", "ann", "a", "v1")
                .arrived("e3", "cid", "a", "v1")
                .at("12:00")
                .left("e3", "cid", "a", "v1");
        ReferenceQuery ten = activity("10:00", "11:00");
        ReferenceQuery eleven = activity("11:00", "12:00");
        assertThat(story.node("a", "entryCount", ten)).isEqualTo("2");
        assertThat(story.node("a", "completedCount", ten)).isEqualTo("0");
        // ann entered in this hour and completed later: her visit is complete all the same.
        assertThat(story.node("a", "completionRate", ten)).isEqualTo("{'value':50.0,'numerator':1,'denominator':2}");
        assertThat(story.node("a", "completedCount", eleven)).isEqualTo("1");
        assertThat(story.node("a", "completionRate", eleven))
                .isEqualTo("{'value':100.0,'numerator':1,'denominator':1}");
        assertThat(story.node("a", "duration.max", eleven)).isEqualTo("3600000.000000");
    }

    @Test
    void durationsAreOfCompletedVisitsWithKnownEntryAndNeverNegative() {
        // 60,000 ms; 0 ms (left before entered); cancelled and unknown ones do not count.
        Story story = new Story()
                .at("10:00")
                .arrived("e1", "ann", "a", "v1")
                .at("10:01")
                .left("e1", "ann", "a", "v1")
                .at("10:10")
                .arrived("e1", "ann", "a", "v2")
                .at("10:09")
                .left("e1", "ann", "a", "v2")
                .at("10:10")
                .arrived("e1", "ann", "a", "v3")
                .at("10:20")
                .left("e1", "ann", "a", "v3")
                .with("cancelled", "true")
                .at("10:30")
                .left("e1", "ann", "a", "v4");
        assertThat(story.node("a", "completedCount")).isEqualTo("3");
        assertThat(story.node("a", "duration.count")).isEqualTo("2");
        assertThat(new BigDecimal(story.node("a", "duration.mean"))).isEqualByComparingTo("30000");
        assertThat(new BigDecimal(story.node("a", "duration.p50"))).isEqualByComparingTo("0");
        assertThat(new BigDecimal(story.node("a", "duration.p90"))).isEqualByComparingTo("60000");
        assertThat(story.node("a", "duration.mean", all().withVersions(Set.of(9L))))
                .isEqualTo("null");
    }

    @Test
    void aPercentileIsTheValueAtItsNearestRank() {
        List<BigDecimal> four = List.of(BigDecimal.ONE, new BigDecimal(2), new BigDecimal(3), new BigDecimal(4));
        // 4 × 50 % = rank 2; 4 × 90 % = 3.6, so rank 4.
        assertThat(NodeFigures.nearestRank(four, 50)).isEqualTo(new BigDecimal(2));
        assertThat(NodeFigures.nearestRank(four, 90)).isEqualTo(new BigDecimal(4));
    }

    @Test
    void aTransitionWithoutSourceComesFromTheVisitBefore() {
        Story story = new Story()
                .at("10:00")
                .arrived("e1", "ann", "a", "v1")
                .at("10:01")
                .arrived("e1", "ann", "b", "v2")
                .at("10:02")
                .arrived("e1", "ann", "c", "v3")
                .with("fromNodeId", "'a'")
                .at("10:03")
                .left("e1", "ann", "d", "v4");
        assertThat(story.transitions()).containsExactly("a>b 1/1", "a>c 1/1", "c>d 1/1", "null>a 1/1");
    }

    @Test
    void aStageIsCompletedByALaterVisitFurtherDownOrAtTheEndByFinishing() {
        // Stage 1 has a and b, stage 2 has b and c, so one visit to b enters both but completes neither.
        Story story = new Story()
                .defined("{'stages': [{'id': 's1', 'nodes': ['a', 'b']}, {'id': 's2', 'nodes': ['b', 'c']}]}")
                .at("10:00")
                .arrived("e1", "ann", "b", "v1")
                .arrived("e2", "bob", "a", "v1")
                .arrived("e3", "cid", "a", "v1")
                .arrived("e4", "dan", "c", "v1")
                .at("10:01")
                .arrived("e2", "bob", "c", "v2")
                .at("10:02")
                .exited("e2", "bob", "completed")
                .exited("e3", "cid", "expired");
        // Stage 1: ann, bob, cid; bob went on, ann is still about, cid is gone. Stage 2: ann, bob, dan; bob finished.
        assertThat(story.stages()).containsExactly("3 1 1 1", "3 1 2 0");
    }

    // ---- messages

    @Test
    void theLatestTryTellsWhetherAMessageWasSentAndTheFirstOfThatKindWhereItBelongs() {
        Story story = new Story()
                .at("10:00")
                .failed("e1", "ann", "a", "m1")
                .with("platform", "'ios'")
                .at("10:01")
                .sent("e2", "bob", "b", "m1")
                .with("cost", "{'amount': '0.50', 'currency': 'EUR'}")
                .at("10:02")
                .sent("e1", "ann", "c", "m1")
                .with("cost", "{'amount': 9, 'currency': 'EUR'}")
                .at("09:00")
                .engaged("m1", "clicked");
        assertThat(story.summary("channels")).isEqualTo("{'push':{'sent':1,'failed':0}}");
        assertThat(story.summary("trafficCost")).isEqualTo("{'EUR':'0.5'}");
        assertThat(story.node("b", "sentCount")).isEqualTo("1");
        assertThat(story.node("a", "failedCount") + story.node("c", "sentCount"))
                .isEqualTo("00");
        // The click came before the message; it counts for bob, whose message it is.
        assertThat(story.node("b", "platforms.unknown.engagements"))
                .isEqualTo("{'clicked':{'count':1,'users':1,'machine':0}}");
        // The message's time is that of its latest event, 10:02.
        assertThat(story.summary("messagesSent", activity("10:02", "10:03"))).isEqualTo("1");
    }

    @Test
    void engagementsOnAFailedMessageAndByMachinesMakeNobodyActive() {
        Story story = new Story()
                .at("10:00")
                .sent("e1", "ann", "a", "m1")
                .sent("e2", "bob", "a", "m2")
                .sent("e3", "cid", "a", "m3")
                .at("10:01")
                .failed("e2", "bob", "a", "m2")
                .at("10:02")
                .engaged("m1", "opened")
                .with("machine", "true")
                .engaged("m2", "clicked")
                .engaged("m3", "delivered");
        assertThat(story.summary("activeUsers")).isEqualTo("0");
        assertThat(story.node("a", "engagements.opened")).isEqualTo("{'count':0,'users':0,'machine':1}");
        assertThat(story.node("a", "clickThroughRate")).isEqualTo("{'value':0.0,'numerator':0,'denominator':2}");
    }

    @Test
    void byActivityAClickOnYesterdaysMessageIsInNoRate() {
        Story story = new Story()
                .at("2026-05-03T10:00:00Z")
                .sent("e1", "ann", "a", "m1")
                .at("10:00")
                .sent("e2", "bob", "a", "m2")
                .engaged("m1", "clicked");
        ReferenceQuery today = activity("00:00", "23:00");
        assertThat(story.node("a", "engagements.clicked.users", today)).isEqualTo("1");
        assertThat(story.node("a", "clickThroughRate", today)).isEqualTo("{'value':0.0,'numerator':0,'denominator':1}");
        assertThat(story.summary("activeUsers", today)).isEqualTo("1");
    }

    // ---- conversion

    @ParameterizedTest
    @CsvSource({
        "2026-05-04T09:59:59.999999999Z, 0",
        "2026-05-04T10:00:00Z, 1",
        "2026-05-05T12:00:00Z, 1",
        "2026-05-05T12:00:00.000000001Z, 0"
    })
    void aWindowIncludesBothItsEnds(String time, String converted) {
        // Entered at 10:00, left at 12:00, and a window of 24 h.
        Story story = new Story()
                .defined(DAY_WINDOW)
                .at("10:00")
                .entered("e1", "ann")
                .at("12:00")
                .exited("e1", "ann", "completed")
                .at(time)
                .acted("ann", "buy");
        assertThat(story.summary("convertedEntries")).isEqualTo(converted);
    }

    @Test
    void withoutAWindowThereIsNoLimitAndAZeroWindowEndsAtTheExit() {
        Story story = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .at("12:00")
                .exited("e1", "ann", "completed")
                .at("2026-05-30T00:00:00Z")
                .acted("ann", "buy");
        assertThat(story.defined("{'conversionEvent': 'buy'}").summary("convertedUsers"))
                .isEqualTo("1");
        // The later definition wins, whenever it came.
        assertThat(story.at("2026-05-31T00:00:00Z")
                        .defined("{'conversionEvent': 'buy', 'attributionWindow': 'PT0S'}")
                        .summary("convertedUsers"))
                .isEqualTo("0");
        assertThat(story.summary("goalPerformers")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eq  | 10     | 10.0   | 1",
                "eq  | 10     | '10'   | 0",
                "ne  | 10     | 11     | 1",
                "ne  | 10     | '11'   | 0",
                "gt  | 10     | 10     | 0",
                "gte | 10     | 1e1    | 1",
                "lt  | 'b'    | 'a'    | 1",
                "lte | 'ﬀ'    | '😀'   | 0",
                "in  | [1, 2] | 2.0    | 1",
                "in  | ['2']  | 2      | 0",
                "eq  | true   | true   | 1",
                "ne  | true   | 'true' | 0"
            },
            quoteCharacter = '`')
    void aFilterComparesValuesOfOneType(String op, String wanted, String actual, String converted) {
        Story story = new Story()
                .defined("{'conversionEvent': 'buy', 'conversionFilter': [{'attribute': 'x', 'op': '%s', 'value': %s}]}"
                        .formatted(op, wanted))
                .at("10:00")
                .entered("e1", "ann")
                .at("11:00")
                .acted("ann", "buy")
                .with("attributes", "{'x': " + actual + "}")
                .at("11:30")
                .acted("ann", "buy")
                .with("attributes", "{'y': 1}");
        assertThat(story.summary("conversionEvents")).isEqualTo(converted);
    }

    @Test
    void byActivityAUserConvertsOnceAtTheEarliestConversionInScope() {
        // Version 1 converts at 11:00, version 2 at 13:00; both are ann's.
        Story story = new Story()
                .defined("{'conversionEvent': 'buy', 'attributionWindow': 'PT0S'}")
                .defined("{'conversionEvent': 'buy'}")
                .with("version", "2")
                .at("10:00")
                .entered("e1", "ann")
                .at("11:00")
                .acted("ann", "buy")
                .exited("e1", "ann", "goal")
                .at("12:00")
                .entered("e2", "ann")
                .with("version", "2")
                .at("13:00")
                .acted("ann", "buy");
        ReferenceQuery afternoon = activity("12:00", "14:00");
        assertThat(story.summary("convertedUsers", afternoon)).isEqualTo("0");
        assertThat(story.summary("convertedUsers", afternoon.withVersions(Set.of(2L))))
                .isEqualTo("1");
        assertThat(story.summary("convertedEntries", afternoon)).isEqualTo("1");
        assertThat(story.summary("conversionEvents", activity("11:00", "12:00")))
                .isEqualTo("1");
        assertThat(story.summary("conversionRate", afternoon)).isEqualTo("{'value':0.0,'numerator':0,'denominator':1}");
    }

    @Test
    void anEventThatConvertsTwoEntriesIsOneConversionEventWorthItsValueOnce() {
        Story story = new Story()
                .defined("{'conversionEvent': 'buy'}")
                .at("10:00")
                .entered("e1", "ann")
                .entered("e2", "ann")
                .at("11:00")
                .acted("ann", "buy")
                .with("value", "{'amount': '10.10', 'currency': 'EUR'}")
                .at("12:00")
                .acted("ann", "buy")
                .with("value", "{'amount': 0.9, 'currency': 'EUR'}")
                .at("13:00")
                .acted("ann", "buy")
                .with("value", "{'amount': 7}");
        assertThat(story.summary("conversionEvents")).isEqualTo("3");
        assertThat(story.summary("convertedEntries")).isEqualTo("2");
        assertThat(story.summary("goalValue")).isEqualTo("{'EUR':'11','unknown':'7'}");
    }

    @Test
    void anEntryIsOpenUntilTheLastInstantOfItsWindow() {
        // e1 left at 12:00 with a day to go; e2 is still inside; e3 converted.
        Story story = new Story()
                .defined(DAY_WINDOW)
                .at("10:00")
                .entered("e1", "ann")
                .entered("e2", "bob")
                .entered("e3", "cid")
                .at("12:00")
                .exited("e1", "ann", "completed")
                .acted("cid", "buy");
        assertThat(story.summary("openEntries", all().withAsOf(instant("2026-05-05T12:00:00Z"))))
                .isEqualTo("2");
        assertThat(story.summary("openEntries", all().withAsOf(instant("2026-05-05T12:00:00.000000001Z"))))
                .isEqualTo("1");
        // By cohort in either basis: all began at 10:00.
        assertThat(story.summary("openEntries", activity("11:00", "13:00"))).isEqualTo("0");
    }

    // ---- rejected entries, series, persons

    @Test
    void rejectedEntriesGoByTheirTimeAndHaveNoVariant() {
        Story story = new Story()
                .at("10:00")
                .entered("e1", "ann")
                .with("variant", "'A'")
                .tell("journey.entry.rejected", "{'journeyId': 'welcome', 'version': 1, 'reason': 'capped'}")
                .at("12:00")
                .tell("journey.entry.rejected", "{'journeyId': 'welcome', 'version': 2, 'reason': 'invalid'}");
        ReferenceQuery morning = all().between(null, instant("12:00"));
        assertThat(story.summary("rejectedEntries", morning)).isEqualTo("{'capped':1}");
        assertThat(story.summary("rejectedEntries", all().withVersions(Set.of(2L))))
                .isEqualTo("{'invalid':1}");
        assertThat(story.summary("rejectedEntries", all().withVariants(Set.of("A"))))
                .isEqualTo("{}");
        assertThat(story.summary("rejectedEntries", all().withVariants(Set.of("none"))))
                .isEqualTo("{'capped':1,'invalid':1}");
    }

    @Test
    void theDayOfTheSpringChangeHas23HoursAndDaysWithoutDataAreThere() {
        // Berlin, 29 March 2026: midnight is 23:00Z the day before, the next midnight is 22:00Z.
        Story story = new Story()
                .at("2026-03-28T22:59:59Z")
                .entered("e1", "ann")
                .at("2026-03-29T21:59:59Z")
                .entered("e2", "bob")
                .at("2026-03-30T22:00:00Z")
                .entered("e3", "cid");
        assertThat(story.series("entries", Bucket.DAY, all().withZone(ZoneId.of("Europe/Berlin"))))
                .containsExactly(
                        "2026-03-27T23:00:00Z 1",
                        "2026-03-28T23:00:00Z 1",
                        "2026-03-29T22:00:00Z 0",
                        "2026-03-30T22:00:00Z 1");
    }

    @Test
    void aPointIsCutByTheRange() {
        Story story = new Story()
                .at("10:10")
                .entered("e1", "ann")
                .at("10:20")
                .entered("e2", "bob")
                .at("11:00")
                .entered("e3", "cid");
        assertThat(story.series("entries", Bucket.HOUR, all().between(instant("10:15"), instant("11:00"))))
                .containsExactly("2026-05-04T10:00:00Z 1");
    }

    @Test
    void aPersonEngagedInAMonthCountsOnceByTheMonthOfTheZone() {
        // 30 April 23:00Z is 1 May in Berlin. ann entered twice, bob in a test.
        Story story = new Story()
                .at("2026-04-30T23:00:00Z")
                .entered("e1", "ann")
                .at("10:00")
                .entered("e2", "ann")
                .entered("e3", "bob")
                .with("test", "true")
                .entered("e4", "cid");
        assertThat(story.mep("2026-04", "UTC"))
                .isEqualTo(
                        "{'month':'2026-04','persons':1,'byJourney':[{'journeyId':'welcome','name':null,'persons':1}]}");
        assertThat(story.mep("2026-04", "Europe/Berlin")).isEqualTo("{'month':'2026-04','persons':0,'byJourney':[]}");
        assertThat(story.mepReport("2026-05"))
                .extracting(EngagedPersons.Row::userId)
                .containsExactly("ann", "cid");
    }
}
