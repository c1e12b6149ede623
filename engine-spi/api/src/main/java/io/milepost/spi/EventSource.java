package io.milepost.spi;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An engine as a source of events, and the rule by which their ids are made: the kind of event and what it is about. The
 * same fact told twice, after a retry, a restart or a replay from the engine's history, so gets the same id and counts
 * once.
 *
 * <p>Methods without an optional field give the event without it; the {@code with…} methods of the events add them.
 * Where the same thing may happen more than once to the same subject (a failed try, a click), the id also has its time;
 * an engine that knows better (an attempt number, a provider's event id) says so by {@link #envelope}.
 *
 * <p>All methods may be called on any thread, do not block, and throw {@link IllegalArgumentException} as the
 * constructors of {@link JourneyEvent} do.
 *
 * @param uri a URI-reference of 1 to 200 characters that is this engine's alone and survives its restarts, e.g.
 *     {@code /engines/acme/prod-1}
 * @since 0.1
 */
public record EventSource(String uri) {
    private static final int LONGEST_ID = Checks.LONGEST_ID;

    public EventSource {
        Checks.uriReference("uri", uri);
    }

    /**
     * Identity and time of an event. Ids of more than 200 characters, or with control characters or surrogates, become the
     * type and a SHA-256 of the whole.
     *
     * @param about what makes the fact unique among those of its type, outermost first: journey, entry, visit …
     */
    public Envelope envelope(JourneyEventType type, Instant time, String... about) {
        return new Envelope(uri, id(type, about), time);
    }

    public JourneyEvent.JourneyDefined journeyDefined(Instant time, JourneyDefinition definition) {
        Envelope envelope = envelope(
                JourneyEventType.JOURNEY_DEFINED,
                time,
                definition.journeyId(),
                Long.toString(definition.version()),
                time.toString());
        return new JourneyEvent.JourneyDefined(envelope, definition);
    }

    public JourneyEvent.JourneyEntered journeyEntered(Instant time, EntryRef entry) {
        return new JourneyEvent.JourneyEntered(
                ofEntry(JourneyEventType.JOURNEY_ENTERED, time, entry), entry, Map.of(), null, false, null);
    }

    public JourneyEvent.NodeEntered nodeEntered(Instant time, EntryRef entry, VisitRef visit) {
        return new JourneyEvent.NodeEntered(
                ofVisit(JourneyEventType.NODE_ENTERED, time, entry, visit), entry, visit, null, null, null);
    }

    public JourneyEvent.NodeExited nodeExited(Instant time, EntryRef entry, VisitRef visit) {
        return new JourneyEvent.NodeExited(
                ofVisit(JourneyEventType.NODE_EXITED, time, entry, visit), entry, visit, null, false);
    }

    public JourneyEvent.MessageSent messageSent(Instant time, EntryRef entry, MessageRef message) {
        return new JourneyEvent.MessageSent(
                envelope(JourneyEventType.MESSAGE_SENT, time, message.messageId(), time.toString()), entry, message);
    }

    public JourneyEvent.MessageFailed messageFailed(
            Instant time, EntryRef entry, MessageRef message, @Nullable String reason) {
        return new JourneyEvent.MessageFailed(
                envelope(JourneyEventType.MESSAGE_FAILED, time, message.messageId(), time.toString()),
                entry,
                message,
                reason);
    }

    public JourneyEvent.MessageEngaged messageEngaged(Instant time, String messageId, String kind) {
        return new JourneyEvent.MessageEngaged(
                envelope(JourneyEventType.MESSAGE_ENGAGED, time, messageId, kind, time.toString()),
                messageId,
                kind,
                null,
                false);
    }

    /** @param visit in which it was reached: two visits may reach the same outcome at the same time */
    public JourneyEvent.OutcomeReached outcomeReached(
            Instant time, EntryRef entry, VisitRef visit, String name, @Nullable Object value) {
        Envelope envelope = envelope(
                JourneyEventType.OUTCOME,
                time,
                entry.journeyId(),
                entry.entryId(),
                visit.visitId(),
                name,
                time.toString());
        return new JourneyEvent.OutcomeReached(envelope, entry, visit.nodeId(), name, value);
    }

    /** @param entry with the new version */
    public JourneyEvent.JourneyMigrated journeyMigrated(Instant time, EntryRef entry, long fromVersion) {
        Envelope envelope = envelope(
                JourneyEventType.JOURNEY_MIGRATED,
                time,
                entry.journeyId(),
                entry.entryId(),
                Long.toString(fromVersion),
                Long.toString(entry.version()),
                time.toString());
        return new JourneyEvent.JourneyMigrated(envelope, entry, fromVersion);
    }

    public JourneyEvent.JourneyExited journeyExited(Instant time, EntryRef entry, ExitReason reason) {
        return new JourneyEvent.JourneyExited(
                ofEntry(JourneyEventType.JOURNEY_EXITED, time, entry), entry, reason, null);
    }

    public JourneyEvent.UserActed userActed(Instant time, String userId, String name) {
        return new JourneyEvent.UserActed(
                envelope(JourneyEventType.USER_ACTED, time, userId, name, time.toString()),
                userId,
                name,
                null,
                Map.of());
    }

    public JourneyEvent.UserProfiled userProfiled(Instant time, String userId, Map<String, Object> attributes) {
        return new JourneyEvent.UserProfiled(
                envelope(JourneyEventType.USER_PROFILED, time, userId, time.toString()), userId, attributes);
    }

    public JourneyEvent.ImportFinished importFinished(Instant time, String journeyId, ImportReport report) {
        return new JourneyEvent.ImportFinished(
                envelope(JourneyEventType.IMPORT_FINISHED, time, journeyId, report.importId()), journeyId, report);
    }

    private Envelope ofEntry(JourneyEventType type, Instant time, EntryRef entry) {
        return envelope(type, time, entry.journeyId(), entry.entryId());
    }

    /** Of what happens once in a visit, as its arrival or its exit: {@link #envelope} of journey, entry and visit. */
    public Envelope ofVisit(JourneyEventType type, Instant time, EntryRef entry, VisitRef visit) {
        return new Envelope(uri, visitId(type, entry.journeyId(), entry.entryId(), visit.visitId()), time);
    }

    /** Of most events: without an array of its parts. */
    private static String visitId(JourneyEventType type, String journey, String entry, String visit) {
        int length = type.wireName().length() + journey.length() + entry.length() + visit.length() + 3;
        return length <= LONGEST_ID && isPlain(journey) && isPlain(entry) && isPlain(visit)
                ? type.wireName() + '/' + journey + '/' + entry + '/' + visit
                : escaped(type, journey, entry, visit);
    }

    private static String id(JourneyEventType type, String... about) {
        if (about.length == 3) {
            return visitId(type, about[0], about[1], about[2]);
        }
        int length = type.wireName().length();
        boolean plain = true;
        for (String part : about) {
            length += 1 + part.length();
            plain &= isPlain(part);
        }
        if (plain && length <= LONGEST_ID) {
            // Of exactly its length: it is made for each event, on the engine's thread.
            return switch (about.length) {
                case 2 -> type.wireName() + '/' + about[0] + '/' + about[1];
                case 4 -> type.wireName() + '/' + about[0] + '/' + about[1] + '/' + about[2] + '/' + about[3];
                default -> type.wireName() + '/' + String.join("/", about);
            };
        }
        return escaped(type, about);
    }

    private static boolean isPlain(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '/'
                    || c == '\\'
                    || c < ' '
                    || c > '~' && (Character.isISOControl(c) || Character.isSurrogate(c))) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(JourneyEventType type, String... about) {
        StringBuilder id = new StringBuilder(96).append(type.wireName());
        boolean lawful = true;
        for (String part : about) {
            id.append('/');
            lawful &= appendPart(id, part);
        }
        return lawful && id.length() <= LONGEST_ID ? id.toString() : type.wireName() + '/' + sha256(id);
    }

    /** Slashes inside a part are escaped, so that no two lists of parts give the same id. */
    private static boolean appendPart(StringBuilder id, String part) {
        boolean lawful = true;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '/' || c == '\\') {
                id.append('\\');
            }
            lawful &= !Character.isISOControl(c) && !Character.isSurrogate(c);
            id.append(c);
        }
        return lawful;
    }

    private static String sha256(CharSequence text) {
        try {
            // Char by char: an encoder would make all lone surrogates alike.
            ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
            bytes.asCharBuffer().append(text);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
