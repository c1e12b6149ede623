package io.milepost.analytics.journal;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.event.Rejection;
import io.milepost.analytics.event.Rejection.Reason;
import io.milepost.analytics.journal.IdentitySet.Known;
import io.milepost.analytics.store.RejectedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What one group commit will write: submissions without what is known already. */
final class Commit {

    private static final int KEPT_BYTES = 64 * 1024;
    private static final int KEPT_CHARACTERS = 1000;

    private final Admission admission;
    private final IdentitySet committed;
    private final IdentitySet pending;
    private final Instant receivedAt;
    private final List<AcceptedEvent> events = new ArrayList<>();
    private final List<RejectedEvent> rejected = new ArrayList<>();
    private final List<Long> mended = new ArrayList<>();
    private IntakeTotals totals = IntakeTotals.NOTHING;

    /** @param pending cleared here: the identities this commit adds */
    Commit(Admission admission, IdentitySet committed, IdentitySet pending, Instant receivedAt) {
        this.admission = admission;
        this.committed = committed;
        this.pending = pending;
        this.receivedAt = receivedAt;
        pending.clear();
    }

    Instant receivedAt() {
        return receivedAt;
    }

    List<AcceptedEvent> events() {
        return events;
    }

    List<RejectedEvent> rejected() {
        return rejected;
    }

    List<Long> mended() {
        return mended;
    }

    /** What came in, and what became of it. */
    IntakeTotals totals() {
        return totals;
    }

    boolean isEmpty() {
        return events.isEmpty() && rejected.isEmpty() && mended.isEmpty();
    }

    /** @param acceptedBefore the account's events before this commit */
    Receipt add(Submission submission, long acceptedBefore) {
        Batch batch = submission.batch();
        int before = events.size();
        int duplicates = 0;
        List<Refused> refused = new ArrayList<>(batch.refused());
        for (int i = 0; i < batch.events().size(); i++) {
            AcceptedEvent event = batch.events().get(i);
            Known known = know(event);
            if (known == Known.NEW) {
                pending.add(event.identityHigh, event.identityLow, event.contentHash);
                events.add(admission.admit(event));
            } else if (known == Known.OTHER_CONTENT) {
                refused.add(conflict(batch.indexes()[i], event));
            } else {
                duplicates++;
            }
        }
        refused.sort(Comparator.comparingInt(Refused::index));
        keep(submission, refused);
        int accepted = events.size() - before;
        int received = batch.events().size() + batch.refused().size();
        totals = totals.plus(new IntakeTotals(received, accepted, duplicates, refused.size()));
        return new Receipt(accepted, duplicates, refused, acceptedBefore + events.size());
    }

    private Known know(AcceptedEvent event) {
        Known known = committed.find(event.identityHigh, event.identityLow, event.contentHash);
        return known == Known.NEW ? pending.find(event.identityHigh, event.identityLow, event.contentHash) : known;
    }

    private static Refused conflict(int index, AcceptedEvent event) {
        Rejection rejection = new Rejection(
                Reason.ID_CONFLICT, event.id, "id", "expected the content this source and id were first accepted with");
        return new Refused(index, rejection, event.raw, event.rawOffset, event.rawLength);
    }

    private void keep(Submission submission, List<Refused> refused) {
        Long mends = submission.mends();
        if (mends == null) {
            refused.stream().filter(admission::mayKeep).forEach(one -> rejected.add(kept(one)));
        } else if (refused.isEmpty()) {
            mended.add(mends);
        }
    }

    private RejectedEvent kept(Refused refused) {
        Rejection rejection = refused.rejection();
        int length = Math.min(refused.length(), KEPT_BYTES);
        return new RejectedEvent(
                0,
                receivedAt,
                rejection.reason().code(),
                rejection.id(),
                rejection.field() == null ? null : storable(rejection.field()),
                storable(rejection.detail()),
                Arrays.copyOfRange(refused.body(), refused.offset(), refused.offset() + length),
                refused.length());
    }

    /** Without what a database's text cannot hold: attribute names, which may be anything, are part of a path. */
    private static String storable(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(KEPT_CHARACTERS / 2)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
