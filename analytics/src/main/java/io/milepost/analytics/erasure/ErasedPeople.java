package io.milepost.analytics.erasure;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.AcceptedEvent.ErasedMatch;
import io.milepost.analytics.event.AnonymousEvent;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.journal.Admission;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.ErasedUser;
import io.milepost.analytics.store.ErasedUsers;
import io.milepost.spi.JourneyEventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the erased without knowing their ids, and takes what tells of them out of the events that still come. Where
 * nobody was erased an event costs nothing, otherwise a keyed hash. One thread at a time: the journal sees to that.
 */
public final class ErasedPeople implements Admission {

    private static final String HASH = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final ErasedUsers store;
    private final CellProjection projection;
    private final Random random;
    private final Map<ByteBuffer, String> pseudonyms = new HashMap<>();
    private final Set<String> people = new HashSet<>();
    /** Ids of their messages: an engagement names no user. */
    private final Set<String> messages = new HashSet<>();

    private @Nullable Mac mac;
    private String lastUser = "";
    private @Nullable String lastPseudonym;

    /** @param random of cryptographic strength */
    public ErasedPeople(ErasedUsers store, CellProjection projection, Random random) {
        this.store = store;
        this.projection = projection;
        this.random = random;
    }

    @Override
    public void open() {
        List<ErasedUser> users = store.all(Account.DEFAULT);
        if (!users.isEmpty()) {
            useKey();
            users.forEach(this::remember);
        }
    }

    private void useKey() {
        byte[] proposed = new byte[KEY_BYTES];
        random.nextBytes(proposed);
        try {
            Mac keyed = Mac.getInstance(HASH);
            keyed.init(new SecretKeySpec(store.key(Account.DEFAULT, proposed), HASH));
            mac = keyed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HASH + " is missing", e);
        }
    }

    void remember(ErasedUser user) {
        pseudonyms.put(ByteBuffer.wrap(user.idHash()), user.pseudonym());
        people.add(user.pseudonym());
        lastUser = "";
    }

    void rememberMessages(Collection<String> messageIds) {
        messages.addAll(messageIds);
    }

    /** Whether that is not a user's own id but what we call an erased one. */
    boolean isPseudonym(String userId) {
        return people.contains(userId);
    }

    /** What the user of that id is called since he was erased; null = he was not. */
    @Nullable
    String pseudonym(String userId) {
        if (pseudonyms.isEmpty()) {
            return null;
        }
        if (!userId.equals(lastUser)) {
            lastPseudonym = pseudonyms.get(ByteBuffer.wrap(hash(userId)));
            lastUser = userId;
        }
        return lastPseudonym;
    }

    /** A user as he will be stored; not remembered yet. */
    ErasedUser pseudonymise(String userId) {
        if (mac == null) {
            useKey();
        }
        return new ErasedUser(hash(userId), "erased-" + new UUID(random.nextLong(), random.nextLong()));
    }

    private byte[] hash(String userId) {
        return Objects.requireNonNull(mac).doFinal(userId.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void opened() {
        people.forEach(pseudonym -> messages.addAll(
                projection.read(cells -> Traces.of(cells.histories(), pseudonym).messageIds())));
    }

    private void noteMessage(AcceptedEvent event) {
        if (event.messageId != null && event.userId != null && people.contains(event.userId)) {
            messages.add(event.messageId);
        }
    }

    @Override
    public AcceptedEvent admit(AcceptedEvent event) {
        if (people.isEmpty()) {
            return event;
        }
        if (event.type == JourneyEventType.MESSAGE_ENGAGED) {
            return messages.contains(event.messageId) ? AnonymousEvent.of(event, null, List.of()) : event;
        }
        String pseudonym = event.userId == null ? null : pseudonym(event.userId);
        if (pseudonym == null) {
            return event;
        }
        AcceptedEvent anonymous = AnonymousEvent.of(event, pseudonym, matches(event));
        noteMessage(anonymous);
        return anonymous;
    }

    /** What a user event counts for, by the definitions that are known now. */
    List<ErasedMatch> matches(AcceptedEvent event) {
        if (event.type != JourneyEventType.USER_ACTED) {
            return List.of();
        }
        List<ErasedMatch> known = event.erasedMatches;
        return known != null
                ? known
                : projection.read(cells -> cells.histories().matches(event));
    }

    /** An event that can be nobody's second chance, since nobody may mend it, is not kept. */
    @Override
    public boolean mayKeep(Refused refused) {
        return people.isEmpty()
                || NamedUsers.in(refused.body(), refused.offset(), refused.length()).stream()
                        .allMatch(userId -> pseudonym(userId) == null);
    }
}
