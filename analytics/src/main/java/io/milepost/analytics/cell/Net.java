package io.milepost.analytics.cell;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * What one user's change comes to: contributions that are gone and come again cancel out here, so that only what really
 * changes reaches the cells. One thread; used again after {@link #settle}.
 */
final class Net {

    /** Hears what remains. */
    interface Change {
        /**
         * @param joining the user who is now in the cell, or {@link Contribution#NOBODY}
         * @param leaving the user who may be in it no more, or {@link Contribution#NOBODY}
         */
        void put(int slot, int day, long value, int count, int joining, int leaving);

        void pay(int slot, int day, BigDecimal amount, int count);

        /** Something of the day may be another, if only at what time of it. */
        void touch(int day);
    }

    private record Key(int slot, int day, long value, int user) {}

    private static final class Balance {
        int count;
        boolean before;
        boolean after;
    }

    private record Place(int slot, int day) {}

    private record Payment(BigDecimal amount, int count) {
        Payment plus(Payment other) {
            return new Payment(amount.add(other.amount), count + other.count);
        }
    }

    private final Map<Key, Balance> balances = new HashMap<>();
    private final Map<Place, Payment> payments = new HashMap<>();

    final Contribution gone = new Side(-1);
    final Contribution come = new Side(1);

    void settle(Change change) {
        balances.forEach((key, balance) -> {
            change.touch(key.day);
            boolean joins = balance.after && !balance.before;
            boolean leaves = balance.before && !balance.after;
            if (balance.count != 0 || joins || leaves) {
                change.put(
                        key.slot,
                        key.day,
                        key.value,
                        balance.count,
                        joins ? key.user : Contribution.NOBODY,
                        leaves ? key.user : Contribution.NOBODY);
            }
        });
        payments.forEach((place, payment) -> {
            change.touch(place.day);
            if (payment.count != 0 || payment.amount.signum() != 0) {
                change.pay(place.slot, place.day, payment.amount, payment.count);
            }
        });
        balances.clear();
        payments.clear();
    }

    private final class Side implements Contribution {
        private final int sign;

        Side(int sign) {
            this.sign = sign;
        }

        @Override
        public void put(int slot, long at, long value, int count, int user) {
            Balance balance = balances.computeIfAbsent(new Key(slot, Days.of(at), value, user), any -> new Balance());
            balance.count += sign * count;
            if (user != NOBODY) {
                balance.before |= sign < 0;
                balance.after |= sign > 0;
            }
        }

        @Override
        public void pay(int slot, long at, BigDecimal amount) {
            payments.merge(
                    new Place(slot, Days.of(at)),
                    new Payment(sign < 0 ? amount.negate() : amount, sign),
                    Payment::plus);
        }
    }
}
