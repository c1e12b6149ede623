package io.milepost.analytics.cell;

import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.OutcomeFact;
import io.milepost.analytics.fold.VisitFact;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a row of what is put into some of the slots within a range: the very puts that its figure counts. */
final class RowContribution implements Contribution {

    private final JourneyCells journey;
    private final BitSet slots;
    private final Range range;
    private final Consumer<FactRow> visitor;
    private @Nullable Fact fact;

    /** Makes the row of the fact at hand. */
    private interface Fact {
        FactRow row(What what, long value);
    }

    RowContribution(JourneyCells journey, BitSet slots, Range range, Consumer<FactRow> visitor) {
        this.journey = journey;
        this.slots = slots;
        this.range = range;
        this.visitor = visitor;
    }

    @Override
    public void put(int slot, long at, long value, int count, int user) {
        if (slots.get(slot) && range.has(at)) {
            visitor.accept(
                    Objects.requireNonNull(fact).row(journey.series(slot).key().what(), value));
        }
    }

    @Override
    public void pay(int slot, long at, BigDecimal amount) {}

    @Override
    public void about(EntryState entry) {
        EntryHead head = entry.facts().head();
        fact = (what, value) -> switch (what) {
            case EXIT, EXIT_AT, EXIT_BY_REASON, EXIT_UNCONVERTED_AT ->
                FactRow.of(head, head.exitedAt(), head.exitNode(), -1);
            case CONVERTED_ENTRY -> FactRow.of(head, entry.course().convertedAt(), -1, -1);
            case OPEN -> FactRow.of(head, head.startedAt(), -1, value);
            default -> FactRow.of(head, head.startedAt(), -1, -1);
        };
    }

    @Override
    public void about(EntryState entry, VisitFact visit) {
        fact = (what, value) -> switch (what) {
            case COMPLETED, COMPLETED_OF_ENTERED, OUTCOME, DURATION ->
                FactRow.of(entry.facts().head(), visit, visit.leftAt());
            default -> FactRow.of(entry.facts().head(), visit, visit.enteredAt());
        };
    }

    @Override
    public void about(EntryState entry, MessageFact message) {
        fact = (what, value) -> FactRow.of(entry.facts().head(), message);
    }

    @Override
    public void about(EntryState entry, MessageFact message, MessageFact.Engagement engagement) {
        fact = (what, value) -> FactRow.of(entry.facts().head(), message, engagement);
    }

    @Override
    public void about(EntryState entry, OutcomeFact outcome) {
        fact = (what, value) -> FactRow.of(entry.facts().head(), outcome);
    }
}
