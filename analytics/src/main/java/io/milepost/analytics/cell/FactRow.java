package io.milepost.analytics.cell;

import io.milepost.analytics.fold.EntryHead;
import io.milepost.analytics.fold.MessageFact;
import io.milepost.analytics.fold.OutcomeFact;
import io.milepost.analytics.fold.VisitFact;
import io.milepost.analytics.history.HistoryEvent;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One thing that counts, as a list shows it: numbers of the histories, which stay what they are; about 90 bytes. -1 and
 * null stand for what the thing has not.
 *
 * @param time when it happened, whatever the basis
 * @param user who is not known where he was turned away
 * @param version of the entry
 * @param node in the journey
 * @param word exit reason, failure reason, kind of engagement, reason of a rejection, or name of a user event
 * @param outcome in the journey
 * @param text link of an engagement, or value of an outcome
 * @param amount of a message's cost or a user event's value
 * @param until last instant at which an open entry can be converted
 */
public record FactRow(
        long time,
        int user,
        int entry,
        long version,
        int node,
        @Nullable State state,
        int message,
        int channel,
        int platform,
        int word,
        int outcome,
        @Nullable Object text,
        @Nullable BigDecimal amount,
        int currency,
        long until) {

    /** How a visit or a message stands. */
    public enum State {
        COMPLETED,
        CANCELLED,
        ACTIVE,
        CLOSED,
        SENT,
        FAILED
    }

    private static final int NONE = -1;

    static FactRow of(EntryHead head, long time, int node, long until) {
        return new FactRow(
                time,
                head.user(),
                head.entry(),
                head.version(),
                node,
                null,
                NONE,
                NONE,
                NONE,
                head.reason(),
                NONE,
                null,
                null,
                NONE,
                until);
    }

    static FactRow of(EntryHead head, VisitFact visit, long time) {
        return new FactRow(
                time,
                head.user(),
                head.entry(),
                head.version(),
                visit.node(),
                State.valueOf(visit.state().name()),
                NONE,
                NONE,
                NONE,
                NONE,
                visit.outcome(),
                null,
                null,
                NONE,
                NONE);
    }

    static FactRow of(EntryHead head, MessageFact message) {
        return new FactRow(
                message.time(),
                head.user(),
                head.entry(),
                head.version(),
                message.node(),
                message.sent() ? State.SENT : State.FAILED,
                message.message(),
                message.channel(),
                message.platform(),
                message.reason(),
                NONE,
                null,
                message.cost(),
                message.currency(),
                NONE);
    }

    static FactRow of(EntryHead head, MessageFact message, MessageFact.Engagement engagement) {
        return new FactRow(
                engagement.time(),
                head.user(),
                head.entry(),
                head.version(),
                message.node(),
                State.SENT,
                message.message(),
                message.channel(),
                message.platform(),
                engagement.kind(),
                NONE,
                engagement.link(),
                null,
                NONE,
                NONE);
    }

    static FactRow of(EntryHead head, OutcomeFact outcome) {
        return new FactRow(
                outcome.time(),
                head.user(),
                head.entry(),
                head.version(),
                outcome.node(),
                null,
                NONE,
                NONE,
                NONE,
                NONE,
                outcome.name(),
                outcome.value(),
                null,
                NONE,
                NONE);
    }

    /** A user event that counts for an entry, and perhaps for others too. */
    static FactRow of(int user, UserGoals.Pass pass, HistoryEvent event) {
        return new FactRow(
                event.time,
                user,
                pass.entry(),
                pass.version(),
                NONE,
                null,
                NONE,
                NONE,
                NONE,
                event.name,
                NONE,
                null,
                event.amount,
                event.currency,
                NONE);
    }

    /** Someone who was turned away. */
    public static FactRow ofRejection(long time, int user, long version, int reason) {
        return new FactRow(
                time, user, NONE, version, NONE, null, NONE, NONE, NONE, reason, NONE, null, null, NONE, NONE);
    }
}
