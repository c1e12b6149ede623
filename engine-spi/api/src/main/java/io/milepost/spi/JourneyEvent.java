package io.milepost.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact an engine tells about its journeys; the records below are the whole vocabulary.
 *
 * <p>Every event is immutable and complete: nothing of the engine is needed to read it, on any thread, at any later
 * time. A constructor refuses with an {@link IllegalArgumentException} that names the field what analytics would refuse
 * later; code that runs inside an engine makes its events where that exception is caught and counted.
 *
 * <p>{@link EventSource} makes events with deterministic ids in one line each. Strings called id, name, outcome, variant
 * or currency have 1 to 200 characters, none of them a control character or a lone surrogate, and are compared exactly.
 * A <em>lower-case word</em> is letters a to z, digits, {@code -} and {@code _}, beginning with a letter.
 *
 * @since 0.1
 */
public sealed interface JourneyEvent {

    /** Identity and time. */
    Envelope envelope();

    JourneyEventType type();

    /** Identifies the event within its {@link #source()} for ever: the same id again is the same event. */
    default String id() {
        return envelope().id();
    }

    /** The engine that speaks: a URI-reference such as {@code /engines/acme/prod-1}. */
    default String source() {
        return envelope().source();
    }

    /** When it happened, by the engine's clock. */
    default Instant time() {
        return envelope().time();
    }

    /** A version of a journey, its graph and how it converts. May come before or after the entries it is about. */
    record JourneyDefined(Envelope envelope, JourneyDefinition definition) implements JourneyEvent {
        public JourneyDefined {
            Checks.present("envelope", envelope);
            DefinitionChecks.check(definition);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.JOURNEY_DEFINED;
        }
    }

    /**
     * A user began a journey.
     *
     * @param attributes values are String, Boolean or any Number, which is kept as BigDecimal; empty = none
     * @param variant arm of an experiment, e.g. {@code A} or {@code control}; null = no experiment
     * @param test whether figures leave the entry out unless asked otherwise
     * @param parentEntryId the entry that called this one; null = none
     */
    record JourneyEntered(
            Envelope envelope,
            EntryRef entry,
            Map<String, Object> attributes,
            @Nullable String variant,
            boolean test,
            @Nullable String parentEntryId)
            implements JourneyEvent {
        public JourneyEntered {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            attributes = Attributes.checked(attributes);
            Checks.optionalId("variant", variant);
            Checks.optionalId("parentEntryId", parentEntryId);
        }

        public JourneyEntered withAttributes(Map<String, Object> values) {
            return new JourneyEntered(envelope, entry, values, variant, test, parentEntryId);
        }

        public JourneyEntered withVariant(@Nullable String arm) {
            return new JourneyEntered(envelope, entry, attributes, arm, test, parentEntryId);
        }

        public JourneyEntered asTest() {
            return new JourneyEntered(envelope, entry, attributes, variant, true, parentEntryId);
        }

        public JourneyEntered calledBy(@Nullable String callingEntryId) {
            return new JourneyEntered(envelope, entry, attributes, variant, test, callingEntryId);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.JOURNEY_ENTERED;
        }
    }

    /**
     * The engine turned someone away.
     *
     * @param userId null = nobody known, as in an invalid contact row
     * @param reason {@code capped}, {@code not-eligible}, {@code invalid} or another lower-case word
     * @param importId the import it happened in; null = none
     */
    record EntryRejected(
            Envelope envelope, JourneyRef journey, @Nullable String userId, String reason, @Nullable String importId)
            implements JourneyEvent {
        public EntryRejected {
            Checks.present("envelope", envelope);
            Checks.present("journey", journey);
            Checks.optionalId("userId", userId);
            Checks.word("reason", reason);
            Checks.optionalId("importId", importId);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.ENTRY_REJECTED;
        }
    }

    /**
     * An entry arrived at a node: once for each arrival, also in a loop.
     *
     * @param fromNodeId the node it came from; null = not known, or the start
     * @param edgeId the sequence flow it took; null = not known
     * @param parentVisitId the sub-process or multi-instance body this visit is part of; null = none
     */
    record NodeEntered(
            Envelope envelope,
            EntryRef entry,
            VisitRef visit,
            @Nullable String fromNodeId,
            @Nullable String edgeId,
            @Nullable String parentVisitId)
            implements JourneyEvent {
        public NodeEntered {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.present("visit", visit);
            Checks.optionalId("fromNodeId", fromNodeId);
            Checks.optionalId("edgeId", edgeId);
            Checks.optionalId("parentVisitId", parentVisitId);
        }

        public NodeEntered from(@Nullable String node, @Nullable String edge) {
            return new NodeEntered(envelope, entry, visit, node, edge, parentVisitId);
        }

        public NodeEntered within(@Nullable String parentVisit) {
            if (Objects.equals(parentVisit, parentVisitId)) {
                return this;
            }
            return new NodeEntered(envelope, entry, visit, fromNodeId, edgeId, parentVisit);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.NODE_ENTERED;
        }
    }

    /**
     * An entry left a node.
     *
     * @param outcome the branch taken, the menu option pressed; null = the node has no outcomes
     * @param cancelled whether the visit was interrupted, timed out or deleted rather than completed
     */
    record NodeExited(Envelope envelope, EntryRef entry, VisitRef visit, @Nullable String outcome, boolean cancelled)
            implements JourneyEvent {
        public NodeExited {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.present("visit", visit);
            Checks.optionalId("outcome", outcome);
        }

        public NodeExited withOutcome(@Nullable String taken) {
            return new NodeExited(envelope, entry, visit, taken, cancelled);
        }

        public NodeExited asCancelled() {
            return new NodeExited(envelope, entry, visit, outcome, true);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.NODE_EXITED;
        }
    }

    /** A message was handed to its channel. After a failed try, the same message id: the latest word counts. */
    record MessageSent(Envelope envelope, EntryRef entry, MessageRef message) implements JourneyEvent {
        public MessageSent {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.present("message", message);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.MESSAGE_SENT;
        }
    }

    /**
     * A message could not be sent, or was refused later.
     *
     * @param reason for people, of any length; null = not known
     */
    record MessageFailed(Envelope envelope, EntryRef entry, MessageRef message, @Nullable String reason)
            implements JourneyEvent {
        public MessageFailed {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.present("message", message);
            Checks.optionalText("reason", reason);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.MESSAGE_FAILED;
        }
    }

    /**
     * Someone or something did something with a message. Needs no journey: a provider's webhook knows only its message.
     *
     * @param kind {@code delivered}, {@code shown}, {@code opened}, {@code clicked}, {@code replied}, {@code bounced},
     *     {@code unsubscribed}, {@code complained} or another lower-case word
     * @param link what was clicked; null = not a click, or not known
     * @param machine whether a bot, scanner or privacy proxy did it
     */
    record MessageEngaged(Envelope envelope, String messageId, String kind, @Nullable String link, boolean machine)
            implements JourneyEvent {
        public MessageEngaged {
            Checks.present("envelope", envelope);
            Checks.id("messageId", messageId);
            Checks.word("kind", kind);
            Checks.optionalText("link", link);
        }

        public MessageEngaged on(@Nullable String clicked) {
            return new MessageEngaged(envelope, messageId, kind, clicked, machine);
        }

        public MessageEngaged byMachine() {
            return new MessageEngaged(envelope, messageId, kind, link, true);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.MESSAGE_ENGAGED;
        }
    }

    /**
     * A custom step's own outcome, counted each time.
     *
     * @param value a String or any Number, which is kept as BigDecimal; null = none
     */
    record OutcomeReached(Envelope envelope, EntryRef entry, String nodeId, String name, @Nullable Object value)
            implements JourneyEvent {
        public OutcomeReached {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.id("nodeId", nodeId);
            Checks.id("name", name);
            value = value == null ? null : Attributes.textOrNumber("value", value);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.OUTCOME;
        }
    }

    /**
     * An entry goes on in another version.
     *
     * @param entry with the new version
     * @param fromVersion 1 or more
     */
    record JourneyMigrated(Envelope envelope, EntryRef entry, long fromVersion) implements JourneyEvent {
        public JourneyMigrated {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.atLeast("fromVersion", 1, fromVersion);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.JOURNEY_MIGRATED;
        }
    }

    /**
     * An entry is over.
     *
     * @param nodeId where it left; null = at the node of its last visit
     */
    record JourneyExited(Envelope envelope, EntryRef entry, ExitReason reason, @Nullable String nodeId)
            implements JourneyEvent {
        public JourneyExited {
            Checks.present("envelope", envelope);
            Checks.present("entry", entry);
            Checks.present("reason", reason);
            Checks.optionalId("nodeId", nodeId);
        }

        public JourneyExited at(@Nullable String node) {
            return new JourneyExited(envelope, entry, reason, node);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.JOURNEY_EXITED;
        }
    }

    /**
     * A business event of a user. A journey whose conversion event has this name may count it.
     *
     * @param value null = it has none
     * @param attributes as in {@link JourneyEntered}
     */
    record UserActed(
            Envelope envelope, String userId, String name, @Nullable Money value, Map<String, Object> attributes)
            implements JourneyEvent {
        public UserActed {
            Checks.present("envelope", envelope);
            Checks.id("userId", userId);
            Checks.id("name", name);
            attributes = Attributes.checked(attributes);
        }

        public UserActed worth(@Nullable Money amount) {
            return new UserActed(envelope, userId, name, amount, attributes);
        }

        public UserActed withAttributes(Map<String, Object> values) {
            return new UserActed(envelope, userId, name, value, values);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.USER_ACTED;
        }
    }

    /**
     * What is known of a user from {@link #time()} on.
     *
     * @param attributes as in {@link JourneyEntered}
     */
    record UserProfiled(Envelope envelope, String userId, Map<String, Object> attributes) implements JourneyEvent {
        public UserProfiled {
            Checks.present("envelope", envelope);
            Checks.id("userId", userId);
            attributes = Attributes.checked(attributes);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.USER_PROFILED;
        }
    }

    /** A contact import came to its end. */
    record ImportFinished(Envelope envelope, String journeyId, ImportReport report) implements JourneyEvent {
        public ImportFinished {
            Checks.present("envelope", envelope);
            Checks.id("journeyId", journeyId);
            Checks.present("report", report);
        }

        @Override
        public JourneyEventType type() {
            return JourneyEventType.IMPORT_FINISHED;
        }
    }
}
