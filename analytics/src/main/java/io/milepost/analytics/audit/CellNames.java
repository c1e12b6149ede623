package io.milepost.analytics.audit;

import io.milepost.analytics.cell.Carrier;
import io.milepost.analytics.cell.CellKey;
import io.milepost.analytics.cell.Cells;
import io.milepost.analytics.cell.EntryScope;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.Names;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;

/** Tells cells in words, the same for all cells that mean the same, whatever their numbers are. Holds the lock. */
final class CellNames {

    private final Names words;
    private final Journey journey;
    private final JourneyCells cells;

    CellNames(Cells all, Journey journey) {
        this.words = all.histories().words();
        this.journey = journey;
        this.cells = all.of(journey);
    }

    static String journey(Journey journey) {
        return "journey=" + journey.id();
    }

    static String basis(boolean activity) {
        return activity ? " basis=activity" : " basis=cohort";
    }

    String node(int node) {
        return node < 0 ? "" : " node=" + journey.nodes().name(node);
    }

    static String day(int day) {
        return " day=" + LocalDate.ofEpochDay(day);
    }

    String scope(int scope) {
        EntryScope of = cells.scopes().get(scope);
        return " version=" + of.version() + " variant="
                + (of.variant() < 0 ? "none" : journey.variants().name(of.variant()))
                + (of.test() ? " test" : "");
    }

    String of(CellKey key) {
        return journey(journey)
                + " cell=" + key.what().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + basis(key.activity())
                + scope(key.scope())
                + node(key.node())
                + more(key);
    }

    private String more(CellKey key) {
        return switch (key.what()) {
            case EXIT_BY_REASON -> word(" reason=", key.x());
            case COST -> word(" currency=", key.x()) + carrier(key);
            case SENT, FAILED -> carrier(key);
            case ENGAGED, ENGAGED_BY_MACHINE -> word(" kind=", key.x()) + carrier(key);
            case ENGAGED_KIND_USER -> word(" kind=", key.x());
            case OUTCOME, EXIT_AT -> name(journey.outcomes(), " outcome=", key.x());
            case TRANSITION ->
                name(journey.nodes(), " from=", key.x())
                        + name(journey.edges(), " edge=", cells.way(key).edge())
                        + name(journey.outcomes(), " outcome=", cells.way(key).outcome());
            case STAGE_ENTERED, STAGE_COMPLETED, STAGE_ACTIVE -> " stage=" + key.x();
            default -> "";
        };
    }

    private String carrier(CellKey key) {
        Carrier carrier = Objects.requireNonNull(cells.carrier(key), "cells about messages");
        return word(" channel=", carrier.channel()) + word(" platform=", carrier.platform());
    }

    private String word(String label, int word) {
        return name(words, label, word);
    }

    private static String name(Names names, String label, int number) {
        return number < 0 ? "" : label + names.name(number);
    }

    /** Whether a user's place there follows from his entries: of the others there may be more than there should. */
    static boolean isExact(What what) {
        return what != What.TOUCHED;
    }
}
