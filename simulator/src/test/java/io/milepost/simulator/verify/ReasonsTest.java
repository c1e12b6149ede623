package io.milepost.simulator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.milepost.simulator.truth.Ledger;
import io.milepost.simulator.truth.ListName;
import io.milepost.simulator.truth.Row;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.verify.Findings.Behind;
import io.milepost.spi.EntryRef;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    private static final EventSource ENGINE = new EventSource("/test");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final int PEOPLE = 30_000;
    private static final long MOST_HELD = 100;

    private final Function<List<JourneyEvent>, List<Row>> entries =
            new Ledger(List.of()).list(Scope.all("j", NOON), new ListName("entries", null));

    private static List<JourneyEvent> life(int person) {
        return List.of(ENGINE.journeyEntered(NOON, new EntryRef("j", 1, "e-" + person, "u-" + person)));
    }

    private static void lives(Consumer<List<JourneyEvent>> person) {
        IntStream.range(0, PEOPLE).mapToObj(ReasonsTest::life).forEach(person);
    }

    private static Row row(int person) {
        return Row.ofEntry("u-" + person, "e-" + person);
    }

    private Difference explained(Consumer<Consumer<Row>> got) {
        Behind behind = new Behind("entries", got, entries);
        Reasons reasons = new Reasons(ReasonsTest::lives, MOST_HELD);
        reasons.wonder(behind);
        reasons.find();
        return reasons.explain(new Difference("summary", "cohort", "entries", "1", "2"), behind);
    }

    /** Of 30,000 rows that of 7 is missing, that of 12,345 is there twice, and one is of nobody. */
    @Test
    void findsTheFewRowsThatDifferInAListTooLongToBeHeld() {
        Difference difference = explained(list -> {
            IntStream.range(0, PEOPLE)
                    .filter(person -> person != 7)
                    .mapToObj(ReasonsTest::row)
                    .forEach(list);
            list.accept(row(12_345));
            list.accept(row(99_999));
        });
        assertThat(difference.because()).isEqualTo("in the list entries 1 rows are missing and 2 too many");
        assertThat(difference.evidence())
                .extracting(Evidence::row, Evidence::missing)
                .containsExactlyInAnyOrder(
                        tuple("u-7, entry e-7", true),
                        tuple("u-12345, entry e-12345", false),
                        tuple("u-99999, entry e-99999", false));
        assertThat(difference.evidence().get(0).events())
                .containsExactly(life(7).get(0).id());
    }

    /** Everybody's entry has another id: some are named, and that there are more is said. */
    @Test
    void namesSomeOfAllWhereEveryRowOfALongListDiffers() {
        Difference difference = explained(list -> IntStream.range(0, PEOPLE)
                .mapToObj(person -> Row.ofEntry("u-" + person, "f-" + person))
                .forEach(list));
        assertThat(difference.because())
                .startsWith("in the list entries ")
                .endsWith(" too many among those looked at, and more elsewhere");
        assertThat(difference.evidence()).hasSize(10);
    }

    @Test
    void saysThatALongListAgreesThoughItsFigureDoesNot() {
        Difference difference = explained(
                list -> IntStream.range(0, PEOPLE).mapToObj(ReasonsTest::row).forEach(list));
        assertThat(difference.because()).isEqualTo("the list entries agrees with the truth in every row");
        assertThat(difference.evidence()).isEmpty();
    }
}
