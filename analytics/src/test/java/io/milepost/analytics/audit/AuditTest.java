package io.milepost.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.CellKey;
import io.milepost.analytics.cell.Corruption;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserSet;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.journal.JournalException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuditTest {

    private static final Set<Law> OF_THE_SERVER = EnumSet.of(Law.RECEIVED_EVENTS, Law.EVENTS_KNOWN_ONCE);

    @Test
    void everyLawHoldsWhateverTheEventsAndEachIsLookedAt() {
        Map<String, Long> looks = new LinkedHashMap<>();
        for (long seed = 1; seed <= 12; seed++) {
            AuditedCells cells = AuditedCells.of(seed);
            List<LawReport> reports = new ArrayList<>(cells.laws());
            reports.addAll(cells.sample(seed, 20));
            assertThat(violations(reports)).as("seed %s", seed).isEmpty();
            reports.forEach(law -> looks.merge(law.id(), law.checked(), Long::sum));
        }
        looks.keySet().removeAll(OF_THE_SERVER.stream().map(Law::id).toList());
        assertThat(looks).hasSize(Law.values().length - OF_THE_SERVER.size());
        assertThat(looks.values()).doesNotContain(0L);
    }

    @Test
    void aWrongCountOfAnyQuestionIsNamed() {
        AuditedCells cells = AuditedCells.of(3);
        oneOfEach(cells, series -> true).forEach(series -> {
            Cell day = Corruption.days(series).get(0);
            Corruption.count(day, 1);
            assertNamed(cells, series);
            Corruption.count(day, -1);
        });
        assertThat(violations(cells.laws())).isEmpty();
    }

    @Test
    void aUserWhoIsMissingInADayOfAnyQuestionIsNamed() {
        AuditedCells cells = AuditedCells.of(3);
        oneOfEach(cells, AuditTest::hasUsers).forEach(series -> {
            Cell day = Corruption.days(series).stream()
                    .filter(cell -> cell.users() != null && cell.users().size() > 0)
                    .findFirst()
                    .orElseThrow();
            int user = first(day.users());
            Cell all = series.all();
            Corruption.leave(all, user);
            assertNamed(cells, series);
            Corruption.join(all, user);
        });
        assertThat(violations(cells.laws())).isEmpty();
    }

    /** Wrong in the cell of the day and in that of all days alike: as a wrong fold would do it. */
    @Test
    void aCountThatIsWrongThroughoutBreaksTheLawsOfItsMeaning() {
        Map<What, Set<String>> broken = new LinkedHashMap<>();
        for (long seed = 1; seed <= 4; seed++) {
            AuditedCells cells = AuditedCells.of(seed);
            oneOfEach(
                            cells,
                            series -> !series.key().activity()
                                    && !broken.containsKey(series.key().what()))
                    .forEach(series -> broken.put(series.key().what(), brokenBy(cells, series)));
        }
        assertThat(broken.get(What.VISIT)).contains("visits-by-state", "transitions-into-node", "bases-agree");
        assertThat(broken.get(What.CANCELLED)).containsExactly("visits-by-state");
        assertThat(broken.get(What.ENTRY)).contains("entries-by-exit", "entries-by-conversion");
        assertThat(broken.get(What.ACTIVE_ENTRY)).contains("entries-by-exit");
        assertThat(broken.get(What.EXIT_BY_REASON)).contains("entries-by-exit", "bases-agree");
        assertThat(broken.get(What.CONVERTED_ENTRY)).contains("entries-by-conversion", "bases-agree");
        assertThat(broken.get(What.TRANSITION)).contains("transitions-into-node");
        for (What what : List.of(
                What.SENT,
                What.FAILED,
                What.ENGAGED,
                What.ENGAGED_BY_MACHINE,
                What.OUTCOME,
                What.EXIT,
                What.EXIT_AT,
                What.COMPLETED,
                What.ACTIVE_VISIT,
                What.COST)) {
            assertThat(broken.get(what)).as(what.name()).contains("bases-agree");
        }
    }

    /** A user too many in a cell throughout: the laws can't know, the journal does. */
    @Test
    void aUserWhoShouldNotBeThereIsFoundByTheSample() {
        AuditedCells cells = AuditedCells.of(5);
        Series sent = any(cells, key -> key.what() == What.SENT && !key.activity());
        int stranger = cells.projection.read(known -> {
            int user = 0;
            while (sent.all().users() != null && sent.all().users().contains(user)) {
                user++;
            }
            return user;
        });
        Corruption.join(sent.all(), stranger);
        Corruption.join(Corruption.days(sent).get(0), stranger);

        List<Violation> found = of(cells.sample(1, 1_000), Law.SAMPLED_CELLS);

        assertThat(found).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.scope()).contains("cell=sent").contains("basis=cohort");
            assertThat(violation.expected()).isEqualTo("not in it");
            assertThat(violation.actual()).isEqualTo("in it");
        });
    }

    @Test
    void anEventThatTheHistoriesLostIsFoundByTheSample() {
        AuditedCells cells = AuditedCells.of(5);
        int user = cells.projection.read(known -> {
            int one = 0;
            while (!known.histories().hasOwnEvents(one)) {
                one++;
            }
            return one;
        });
        cells.projection.rename(histories -> histories.replaceOfUser(user, List.of()));

        assertThat(of(cells.sample(2, 20), Law.SAMPLED_EVENTS_KEPT))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.actual()).isEqualTo("missing"));
    }

    @Test
    void anEntryTurnedAwayThatIsNotCountedIsFoundByTheSample() {
        AuditedCells cells = AuditedCells.of(5);
        cells.projection.read(known -> {
            known.histories()
                    .journeys()
                    .forEach(journey -> known.of(journey).rejections().clear());
            return known;
        });

        assertThat(of(cells.sample(2, 0), Law.SAMPLED_EVENTS_KEPT))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.actual()).isEqualTo("missing"));
    }

    @Test
    void aBlockThatCannotBeReadIsToldByItsPosition() {
        AuditedCells cells = AuditedCells.of(5);
        Findings findings = new Findings();
        JournalSample sample = new JournalSample(
                cells.projection,
                new BlockArchive() {
                    @Override
                    public Optional<Block> block(long sequence) {
                        if (sequence == 2) {
                            throw new JournalException("journal block 2 of account 1 is damaged: its checksum", null);
                        }
                        return cells.block(sequence);
                    }

                    @Override
                    public void all(Consumer<Block> visitor) {
                        cells.all(visitor);
                    }
                },
                new Random(1),
                0);
        for (int round = 0; round <= cells.blocks.size() / 4; round++) {
            sample.check(findings);
        }

        assertThat(of(findings.reports(), Law.SAMPLED_EVENTS_KEPT))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.scope()).isEqualTo("block=2"));
    }

    @Test
    void aSampleGoesRoundAllBlocks() {
        AuditedCells cells = AuditedCells.of(5);
        Set<Long> seen = new TreeSet<>();
        JournalSample sample = new JournalSample(
                cells.projection,
                new BlockArchive() {
                    @Override
                    public Optional<Block> block(long sequence) {
                        seen.add(sequence);
                        return cells.block(sequence);
                    }

                    @Override
                    public void all(Consumer<Block> visitor) {
                        cells.all(visitor);
                    }
                },
                new Random(1),
                0);
        for (int round = 0; round <= cells.blocks.size() / 4; round++) {
            sample.check(new Findings());
        }

        assertThat(seen).hasSize(cells.blocks.size());
    }

    private static Set<String> brokenBy(AuditedCells cells, Series series) {
        Cell day = Corruption.days(series).get(0);
        Corruption.count(day, 1);
        Corruption.count(series.all(), 1);
        Set<String> broken = brokenLaws(cells.laws());
        Corruption.count(day, -1);
        Corruption.count(series.all(), -1);
        return broken;
    }

    private static boolean hasUsers(Series series) {
        UserSet users = series.all().users();
        return users != null && users.size() > 0;
    }

    private static void assertNamed(AuditedCells cells, Series series) {
        String what =
                "cell=" + series.key().what().name().toLowerCase(Locale.ROOT).replace('_', '-') + " ";
        assertThat(of(cells.laws(), Law.SUM_OVER_DAYS))
                .as("%s", series.key())
                .anySatisfy(violation -> assertThat(violation.scope()).contains(what));
    }

    /** The first series of each question by each basis. */
    private static List<Series> oneOfEach(AuditedCells cells, Predicate<Series> wanted) {
        Map<String, Series> found = new LinkedHashMap<>();
        series(cells)
                .filter(series -> !Corruption.days(series).isEmpty() && wanted.test(series))
                .filter(series -> !scope(cells, series).test())
                .forEach(series -> found.putIfAbsent(
                        series.key().what() + " " + series.key().activity(), series));
        return List.copyOf(found.values());
    }

    private static EntryScope scope(AuditedCells cells, Series series) {
        return cells.projection.read(known -> known.histories().journeys().stream()
                .map(known::of)
                .filter(of -> of.series().contains(series))
                .map(of -> of.scopes().get(series.key().scope()))
                .findFirst()
                .orElseThrow());
    }

    private static Series any(AuditedCells cells, Predicate<CellKey> wanted) {
        return series(cells)
                .filter(series ->
                        wanted.test(series.key()) && !Corruption.days(series).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Series> series(AuditedCells cells) {
        List<Journey> journeys =
                cells.projection.read(known -> known.histories().journeys());
        return journeys.stream()
                .flatMap(journey -> cells.projection.read(known -> known.of(journey).series().stream()));
    }

    private static int first(@Nullable UserSet users) {
        int[] first = {-1};
        Objects.requireNonNull(users).forEach(user -> first[0] = first[0] < 0 ? user : first[0]);
        return first[0];
    }

    private static List<Violation> of(List<LawReport> reports, Law law) {
        return reports.stream()
                .filter(report -> report.id().equals(law.id()))
                .flatMap(report -> report.violations().stream())
                .toList();
    }

    private static Set<String> brokenLaws(List<LawReport> reports) {
        return reports.stream()
                .filter(law -> law.violationCount() > 0)
                .map(LawReport::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> violations(List<LawReport> reports) {
        return reports.stream()
                .flatMap(law -> law.violations().stream().map(violation -> law.id() + " " + violation))
                .toList();
    }
}
