package io.milepost.analytics.journal;

/** What came in, each counted for itself: received are the accepted, the duplicates and the rejected together. */
public record IntakeTotals(long received, long accepted, long duplicates, long rejected) {

    public static final IntakeTotals NOTHING = new IntakeTotals(0, 0, 0, 0);

    public IntakeTotals plus(IntakeTotals more) {
        return new IntakeTotals(
                received + more.received,
                accepted + more.accepted,
                duplicates + more.duplicates,
                rejected + more.rejected);
    }
}
