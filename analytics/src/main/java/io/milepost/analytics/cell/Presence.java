package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** Where a user is, by what all his entries contribute. */
final class Presence implements Contribution {

    /** A series' cell of one day. */
    record Place(int slot, int day) {}

    private final Set<Place> days = new HashSet<>();
    private final Set<Integer> slots = new HashSet<>();

    @Override
    public void put(int slot, long at, long value, int count, int user) {
        if (user != NOBODY) {
            days.add(new Place(slot, Days.of(at)));
            slots.add(slot);
        }
    }

    @Override
    public void pay(int slot, long at, BigDecimal amount) {}

    /** Takes a user from where he is no more. */
    void settle(JourneyCells cells, Place place, int user) {
        Series series = cells.series(place.slot());
        if (!days.contains(place)) {
            series.on(place.day()).leave(user);
        }
        if (!slots.contains(place.slot())) {
            series.all().leave(user);
        }
    }
}
