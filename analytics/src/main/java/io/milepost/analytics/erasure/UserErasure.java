package io.milepost.analytics.erasure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.AnonymousEvent;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.analytics.journal.BlockCodec;
import io.milepost.analytics.journal.IntakeClosedException;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.journal.JournalException;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.ErasedUser;
import io.milepost.analytics.store.ErasedUsers;
import io.milepost.analytics.store.Erasure;
import io.milepost.spi.JourneyEventType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives a user a name that says nothing. The blocks with his events are rewritten first, then what is computed from them
 * takes the name over: figures have no reason to change, neither now nor when all is replayed.
 */
public final class UserErasure implements Erasure {

    private final Journal journal;
    private final ErasedUsers store;
    private final ErasedPeople people;
    private final CellProjection projection;
    private final Consumer<Runnable> aside;

    /** @param aside runs work while neither rows of facts nor a checkpoint are on their way to the disk */
    public UserErasure(
            Journal journal,
            ErasedUsers store,
            ErasedPeople people,
            CellProjection projection,
            Consumer<Runnable> aside) {
        this.aside = aside;
        this.journal = journal;
        this.store = store;
        this.people = people;
        this.projection = projection;
    }

    @Override
    public void erase(String userId) {
        try {
            journal.alone(() -> aside.accept(() -> eraseAlone(userId)));
        } catch (IntakeClosedException e) {
            throw new ProblemException(
                    Problem.unavailable(
                            "erasure-closed", "Not erased now", "Nothing was erased: " + e.getMessage() + "."),
                    e.retryAfter());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted before the erasure", e);
        }
    }

    private void eraseAlone(String userId) {
        people.open(); // an attempt whose answer was lost may have been stored
        if (people.isPseudonym(userId)) {
            return;
        }
        Traces traces = projection.read(cells -> Traces.of(cells.histories(), userId));
        if (traces.blocks().isEmpty()) {
            store.deleteRejected(Account.DEFAULT, NamedUsers.names(userId));
            return;
        }
        String known = people.pseudonym(userId);
        if (known != null) {
            erase(userId, known, null, traces);
            return;
        }
        ErasedUser fresh = people.pseudonymise(userId);
        erase(userId, fresh.pseudonym(), fresh, traces);
        people.remember(fresh);
    }

    private void erase(String userId, String pseudonym, @Nullable ErasedUser fresh, Traces traces) {
        UnaryOperator<AcceptedEvent> change = event -> anonymous(event, userId, pseudonym, traces);
        store.erase(
                Account.DEFAULT,
                userId,
                pseudonym,
                fresh,
                traces.blocks(),
                block -> BlockCodec.rewrite(block, change),
                NamedUsers.names(userId));
        people.rememberMessages(traces.messageIds());
        projection.rename(histories -> rename(histories, userId, pseudonym));
    }

    private AcceptedEvent anonymous(AcceptedEvent event, String userId, String pseudonym, Traces traces) {
        if (userId.equals(event.userId)) {
            return AnonymousEvent.of(event, pseudonym, people.matches(event));
        }
        boolean engaged = event.type == JourneyEventType.MESSAGE_ENGAGED
                && traces.messageIds().contains(event.messageId);
        return engaged ? AnonymousEvent.of(event, null, List.of()) : event;
    }

    private static void rename(Histories histories, String userId, String pseudonym) {
        int user = histories.findUser(userId);
        List<HistoryEvent> own = histories.ofUser(user);
        for (HistoryEvent event : own) {
            if (event.type == JourneyEventType.USER_ACTED && event.erased == null) {
                event.erased = histories.erased(histories.matches(event));
                event.attributes = Map.of();
            }
        }
        histories.replaceOfUser(user, own);
        histories.entriesNaming(user).forEach(entry -> histories.forgetTexts(entry, user, userId));
        histories.renameUser(user, pseudonym);
    }
}
