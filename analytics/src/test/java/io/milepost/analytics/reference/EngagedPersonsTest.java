package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.milepost.analytics.measure.CellEngagedPersons;
import io.milepost.analytics.measure.EngagedPersons.Month;
import io.milepost.analytics.measure.EngagedPersons.OfJourney;
import io.milepost.analytics.measure.EngagedPersons.Person;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who counts as engaged in a month: case by case, then all months of awkward streams beside the reference. */
class EngagedPersonsTest {

    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final CellSubject subject = new CellSubject();
    private int events;

    private void event(String type, String time, String data) {
        subject.feed(List.of("{\"specversion\":\"1.0\",\"id\":\"e" + events++ + "\",\"source\":\"/test\",\"type\":\""
                + type + "\",\"time\":\"" + time + "\",\"data\":{" + data + "}}"));
    }

    private void entered(String user, String journey, String entry, String time) {
        event("journey.entered", time, entryFields(user, journey, entry));
    }

    private static String entryFields(String user, String journey, String entry) {
        return "\"journeyId\":\"" + journey + "\",\"version\":1,\"entryId\":\"" + entry + "\",\"userId\":\"" + user
                + "\"";
    }

    private Month month(YearMonth month, ZoneId zone) {
        return new CellEngagedPersons(subject.projection()).month(month, zone);
    }

    private List<Person> report(YearMonth month, ZoneId zone) {
        List<Person> persons = new ArrayList<>();
        new CellEngagedPersons(subject.projection()).report(month, zone).from(0).forEachRemaining(persons::add);
        return persons;
    }

    @Test
    void severalEntriesInAMonthAreOnePersonByTheFirst() {
        entered("anna", "b", "e2", "2026-03-20T10:00:00Z");
        entered("anna", "a", "e1", "2026-03-10T10:00:00Z");
        entered("anna", "a", "e3", "2026-03-10T10:00:01Z");

        assertThat(month(MARCH, ZoneOffset.UTC).persons()).isEqualTo(1);
        Instant first = Instant.parse("2026-03-10T10:00:00Z");
        assertThat(report(MARCH, ZoneOffset.UTC)).containsExactly(new Person("anna", first, first, "a", "a"));
    }

    @Test
    void twoJourneysEachEngageThePersonWhoIsOneAllTheSame() {
        entered("anna", "b", "e1", "2026-03-10T10:00:00Z");
        entered("anna", "a", "e2", "2026-03-10T10:00:00Z");
        entered("ben", "b", "e3", "2026-03-11T10:00:00Z");

        assertThat(month(MARCH, ZoneOffset.UTC))
                .isEqualTo(new Month(2, List.of(new OfJourney("b", "b", 2), new OfJourney("a", "a", 1))));
        // Both entries of anna's began at one instant: the journey's id decides.
        assertThat(report(MARCH, ZoneOffset.UTC)).extracting(Person::campaignId).containsExactly("a", "b");
    }

    @Test
    void anEntryWithoutAnyMessageEngages() {
        event(
                "journey.node.entered",
                "2026-03-10T10:00:00Z",
                entryFields("anna", "a", "e1") + ",\"nodeId\":\"wait\",\"visitId\":\"v1\"");

        assertThat(month(MARCH, ZoneOffset.UTC).persons()).isEqualTo(1);
    }

    @Test
    void theMonthIsThatOfTheZone() {
        // 00:00 on 1 March and on 1 April in Berlin, and the last nanosecond before each.
        entered("january", "a", "e1", "2026-02-28T22:59:59.999999999Z");
        entered("first", "a", "e2", "2026-02-28T23:00:00Z");
        entered("last", "a", "e3", "2026-03-31T21:59:59.999999999Z");
        entered("april", "a", "e4", "2026-03-31T22:00:00Z");

        assertThat(report(MARCH, BERLIN)).extracting(Person::personId).containsExactly("first", "last");
        assertThat(report(MARCH, ZoneOffset.UTC)).extracting(Person::personId).containsExactly("last", "april");
    }

    @Test
    void whoEntersAgainInTheNextMonthCountsInBoth() {
        entered("anna", "a", "e1", "2026-03-10T10:00:00Z");
        entered("anna", "a", "e2", "2026-04-10T10:00:00Z");
        event("journey.exited", "2026-05-01T10:00:00Z", entryFields("anna", "a", "e2") + ",\"reason\":\"completed\"");

        assertThat(month(MARCH, ZoneOffset.UTC).persons()).isEqualTo(1);
        assertThat(month(MARCH.plusMonths(1), ZoneOffset.UTC).persons()).isEqualTo(1);
        // An exit is no engagement.
        assertThat(month(MARCH.plusMonths(2), ZoneOffset.UTC).persons()).isZero();
    }

    @Test
    void whoDidNotEnterDoesNotCount() {
        event("journey.entered", "2026-03-10T10:00:00Z", entryFields("tester", "a", "e1") + ",\"test\":true");
        event(
                "journey.entry.rejected",
                "2026-03-10T10:00:00Z",
                "\"journeyId\":\"a\",\"version\":1,\"userId\":\"capped\",\"reason\":\"capped\"");
        event("journey.message.engaged", "2026-03-10T10:00:00Z", "\"messageId\":\"outside\",\"kind\":\"clicked\"");
        event("user.acted", "2026-03-10T10:00:00Z", "\"userId\":\"buyer\",\"name\":\"purchase\"");

        assertThat(month(MARCH, ZoneOffset.UTC)).isEqualTo(new Month(0, List.of()));
        assertThat(report(MARCH, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void onlyTheTenJourneysThatEngagedMostAreNamed() {
        for (int journey = 0; journey < 12; journey++) {
            entered("anna", "j" + (journey < 10 ? "0" : "") + journey, "e" + journey, "2026-03-10T10:00:00Z");
        }
        entered("ben", "j11", "again", "2026-03-10T10:00:00Z");

        assertThat(month(MARCH, ZoneOffset.UTC).byJourney())
                .extracting(OfJourney::journeyId)
                .containsExactly("j11", "j00", "j01", "j02", "j03", "j04", "j05", "j06", "j07", "j08");
    }

    @Test
    void everyMonthIsThatOfTheReference() {
        long first = Long.getLong("milepost.seed", 1);
        for (long seed = first; seed < first + Long.getLong("milepost.seeds", 6); seed++) {
            List<String> stream = AwkwardStreams.of(seed).events();
            CellSubject fed = new CellSubject();
            List<String> shuffled = new ArrayList<>(stream);
            Collections.shuffle(shuffled, new Random(seed));
            fed.feed(shuffled.subList(0, shuffled.size() / 2));
            fed.feed(shuffled.subList(shuffled.size() / 2, shuffled.size()));
            CellEngagedPersons engaged = new CellEngagedPersons(fed.projection());
            ReferenceFacts facts = new ReferenceFacts(stream);
            for (String name : AwkwardQueries.ZONES) {
                ZoneId zone = ZoneId.of(name);
                TreeSet<YearMonth> months = new TreeSet<>();
                facts.entries()
                        .forEach(entry ->
                                months.add(YearMonth.from(entry.startedAt().atZone(zone))));
                for (YearMonth month : months) {
                    EngagedPersons expected = new EngagedPersons(facts, month, zone);
                    List<Person> report = new ArrayList<>();
                    engaged.report(month, zone).from(0).forEachRemaining(report::add);
                    assertThat(engaged.month(month, zone).persons())
                            .as("seed %d, %s in %s", seed, month, zone)
                            .isEqualTo(expected.json().get("persons").longValue())
                            .isEqualTo(report.size());
                    assertThat(report)
                            .extracting(Person::personId, Person::engagedAt, Person::billedAt, Person::campaignId)
                            .as("seed %d, %s in %s", seed, month, zone)
                            .isEqualTo(expected.report().stream()
                                    .map(row -> tuple(row.userId(), row.engagedAt(), row.engagedAt(), row.journeyId()))
                                    .toList());
                    assertThat(engaged.month(month, zone).byJourney())
                            .extracting(OfJourney::journeyId)
                            .containsExactlyElementsOf(
                                    expected.json().get("byJourney").findValuesAsText("journeyId"));
                }
            }
        }
    }
}
