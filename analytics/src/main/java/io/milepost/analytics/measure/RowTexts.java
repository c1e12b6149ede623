package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.cell.FactRow;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import io.milepost.analytics.measure.ListMeasure.Thing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Rows with names instead of numbers, and their order. For the time of one read. */
final class RowTexts implements Comparator<FactRow> {

    /** What orders rows of one time. */
    static final List<BiFunction<RowTexts, FactRow, @Nullable String>> ORDER = List.of(
            RowTexts::user,
            RowTexts::entry,
            RowTexts::message,
            RowTexts::node,
            RowTexts::word,
            RowTexts::outcome,
            (texts, row) -> row.text() == null ? null : row.text().toString(),
            (texts, row) -> row.amount() == null ? null : row.amount().toPlainString());

    private final Histories histories;
    private final Cells cells;
    private final Journey journey;
    private final Thing thing;

    RowTexts(Cells cells, Journey journey, Thing thing) {
        this.histories = cells.histories();
        this.cells = cells;
        this.journey = journey;
        this.thing = thing;
    }

    /** As lists show it. */
    ListRow row(FactRow row) {
        EntryScope scope = row.entry() < 0 ? null : cells.of(journey).scopes().get(histories.scopeOf(row.entry()));
        String word = word(row);
        return new ListRow(
                user(row),
                Nanos.toInstant(row.time()),
                entry(row),
                node(row),
                row.version(),
                scope == null || scope.variant() < 0 ? null : journey.variants().name(scope.variant()),
                scope != null && scope.test() ? Boolean.TRUE : null,
                row.entry() < 0 ? null : Nanos.toInstant(histories.startedAt(row.entry())),
                row.entry() < 0 ? null : instant(histories.exitedAt(row.entry())),
                message(row),
                row.state() == null ? null : row.state().name().toLowerCase(Locale.ROOT),
                name(histories.words(), row.channel()),
                name(histories.words(), row.platform()),
                thing == Thing.ENGAGEMENT ? word : null,
                thing == Thing.ENGAGEMENT || thing == Thing.EVENT ? null : word,
                thing == Thing.ENGAGEMENT && row.text() != null ? row.text().toString() : null,
                outcome(row),
                thing == Thing.OUTCOME ? row.text() : null,
                thing == Thing.EVENT ? word : null,
                row.amount() == null ? null : plain(row.amount()),
                name(histories.words(), row.currency()),
                row.until() < 0 ? null : instant(row.until()));
    }

    private static BigDecimal plain(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    private static @Nullable Instant instant(long nanos) {
        return nanos == Histories.NEVER ? null : Nanos.toInstant(nanos);
    }

    @Override
    public int compare(FactRow one, FactRow other) {
        int order = Long.compare(one.time(), other.time());
        for (int i = 0; order == 0 && i < ORDER.size(); i++) {
            order = text(i, one).compareTo(text(i, other));
        }
        return order;
    }

    int compare(FactRow row, ListPosition position) {
        int order = Long.compare(row.time(), position.time());
        for (int i = 0; order == 0 && i < ORDER.size(); i++) {
            order = text(i, row).compareTo(position.texts().get(i));
        }
        return order;
    }

    List<String> texts(FactRow row) {
        return ORDER.stream().map(text -> orEmpty(text.apply(this, row))).toList();
    }

    private String text(int place, FactRow row) {
        return orEmpty(ORDER.get(place).apply(this, row));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private @Nullable String user(FactRow row) {
        return row.user() < 0 ? null : histories.userId(row.user());
    }

    private @Nullable String entry(FactRow row) {
        return row.entry() < 0 ? null : histories.entryId(row.entry());
    }

    private @Nullable String message(FactRow row) {
        return row.message() < 0 ? null : histories.messageId(row.message());
    }

    private @Nullable String node(FactRow row) {
        return name(journey.nodes(), row.node());
    }

    private @Nullable String word(FactRow row) {
        return name(thing == Thing.EVENT ? histories.eventNames() : histories.words(), row.word());
    }

    private @Nullable String outcome(FactRow row) {
        return name(journey.outcomes(), row.outcome());
    }

    private static @Nullable String name(Names names, int number) {
        return number < 0 ? null : names.name(number);
    }
}
