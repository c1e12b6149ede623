package io.milepost.analytics.history;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.AcceptedEvent.ErasedMatch;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All accepted events of one account in compact form, and the tables that lead from a message to its entry and from an
 * entry to its user. About 45 bytes an event. One writer; readers hold the writer's lock.
 *
 * <p>Where the pieces of an event go: an event with entry fields into its entry's segment; an engagement into the
 * segment of the entry whose message it is about; a user's own event into his. A message with sends in more than one
 * entry wanders: all its events are kept apart as well, and each of those entries looks there.
 */
public final class Histories {

    /** No such instant: not exited, not converted. Later than all others. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int HOMELESS = -1;
    private static final int WANDERING = -2;
    private static final int NONE = -1;
    private static final byte[] EMPTY = new byte[0];

    final Dictionary users = new Dictionary();
    final Dictionary entries = new Dictionary();
    final Dictionary messages = new Dictionary();
    private final Names sources = new Names();
    private final List<Text> sourceTexts = new ArrayList<>();
    private final Names journeyIds = new Names();
    private final List<Journey> journeys = new ArrayList<>();
    private final Names words = new Names();
    private final Names eventNames = new Names();
    private final Names attributeNames = new Names();

    byte[][] entrySegments = new byte[64][];
    private int[] entryUser = new int[64];
    private int[] entryScope = new int[64];
    /** By entry: the user that the first event to come named, -1 = none yet. */
    int[] firstNamed = new int[64];
    /** By user: entries that name another user as well. */
    final Map<Integer, Set<Integer>> shared = new HashMap<>();

    private int[] nextOfUser = new int[64];
    private long[] startedAt = new long[64];
    private long[] exitedAt = new long[64];
    private long[] convertedAt = new long[64];

    byte[][] userSegments = new byte[64][];
    private int[] firstOfUser = new int[64];

    int[] home = new int[64];
    /** By message: engagements that wait for their message, or all events of a message that wanders. */
    final Map<Integer, byte[]> loose = new HashMap<>();

    private final SegmentWriter writer = new SegmentWriter();
    private final Comparator<HistoryEvent> canonical = this::compare;

    /** All that was taken in until now; for whoever holds the lock. */
    public HistorySnapshot snapshot() {
        return new HistorySnapshot(this);
    }

    List<Names> vocabularies() {
        return List.of(sources, words, eventNames, attributeNames);
    }

    /** The account's words: channels, platforms, kinds, reasons, currencies. */
    public Names words() {
        return words;
    }

    public Names eventNames() {
        return eventNames;
    }

    public Names sources() {
        return sources;
    }

    public List<Journey> journeys() {
        return journeys;
    }

    public @Nullable Journey journey(String id) {
        int number = journeyIds.find(id);
        return number < 0 ? null : journeys.get(number);
    }

    public Journey journey(int number) {
        return journeys.get(number);
    }

    public int userCount() {
        return users.size();
    }

    public int entryCount() {
        return entries.size();
    }

    public int messageCount() {
        return messages.size();
    }

    /** The user's number, or -1. */
    public int findUser(String userId) {
        return users.find(0, userId);
    }

    public String userId(int user) {
        return users.text(user);
    }

    public void renameUser(int user, String userId) {
        users.rename(user, userId);
    }

    public int internUser(String userId) {
        int user = users.intern(0, userId);
        makeRoomForUsers();
        return user;
    }

    /** Gives every user that has a number a place. */
    void makeRoomForUsers() {
        if (users.size() > userSegments.length) {
            int length = grown(users.size());
            userSegments = Arrays.copyOf(userSegments, length);
            firstOfUser = Arrays.copyOf(firstOfUser, length);
        }
        for (int user = users.size() - 1; user >= 0 && userSegments[user] == null; user--) {
            userSegments[user] = EMPTY;
            firstOfUser[user] = NONE;
        }
    }

    /** The number of that journey's entry, or -1. */
    public int findEntry(Journey journey, String entryId) {
        return entries.find(journey.number(), entryId);
    }

    public String entryId(int entry) {
        return entries.text(entry);
    }

    public Journey journeyOf(int entry) {
        return journeys.get(entries.scope(entry));
    }

    /** The message's number, or -1. */
    public int findMessage(String messageId) {
        return messages.find(0, messageId);
    }

    public String messageId(int message) {
        return messages.text(message);
    }

    /** The entry's user as folded last, -1 = not folded yet. */
    public int userOf(int entry) {
        return entryUser[entry];
    }

    /** Number of the entry's (version, variant, test) in its journey, as folded last. */
    public int scopeOf(int entry) {
        return entryScope[entry];
    }

    public long startedAt(int entry) {
        return startedAt[entry];
    }

    /** {@link #NEVER} = still active. */
    public long exitedAt(int entry) {
        return exitedAt[entry];
    }

    /** {@link #NEVER} = not converted. */
    public long convertedAt(int entry) {
        return convertedAt[entry];
    }

    public void converted(int entry, long at) {
        convertedAt[entry] = at;
    }

    /** Notes what the fold found of an entry, and leads its user to it. */
    public void head(int entry, int user, int scope, long started, long exited) {
        if (entryUser[entry] != user) {
            if (entryUser[entry] >= 0) {
                unlink(entry, entryUser[entry]);
            }
            nextOfUser[entry] = firstOfUser[user];
            firstOfUser[user] = entry;
            entryUser[entry] = user;
        }
        entryScope[entry] = scope;
        startedAt[entry] = started;
        exitedAt[entry] = exited;
    }

    /** What {@link #head} and {@link #converted} noted; only while nothing is noted. */
    public void writeHeads(PackedWriter to) throws IOException {
        for (int entry = 0; entry < entries.size(); entry++) {
            to.signed(entryUser[entry]);
            to.number(entryScope[entry]);
            to.signed(startedAt[entry]);
            to.signed(exitedAt[entry] == NEVER ? NEVER : exitedAt[entry] - startedAt[entry]);
            to.signed(convertedAt[entry] == NEVER ? NEVER : convertedAt[entry] - startedAt[entry]);
        }
    }

    public void readHeads(PackedReader from) throws IOException {
        for (int entry = 0; entry < entries.size(); entry++) {
            int user = (int) from.signed();
            int scope = from.count();
            long started = from.signed();
            long exited = from.signed();
            long converted = from.signed();
            if (user >= 0) {
                head(entry, user, scope, started, exited == NEVER ? NEVER : started + exited);
                convertedAt[entry] = converted == NEVER ? NEVER : started + converted;
            }
        }
    }

    public void entriesOf(int user, IntConsumer visitor) {
        for (int entry = firstOfUser[user]; entry != NONE; entry = nextOfUser[entry]) {
            visitor.accept(entry);
        }
    }

    /** Every entry with an event that names the user: his own, and those that belong to another by their start. */
    public Set<Integer> entriesNaming(int user) {
        Set<Integer> naming = new LinkedHashSet<>(shared.getOrDefault(user, Set.of()));
        entriesOf(user, naming::add);
        return naming;
    }

    /** The entry's events and the engagements of its messages, in canonical order. */
    public List<HistoryEvent> ofEntry(int entry) {
        return SegmentReader.read(entrySegments[entry]);
    }

    /** The user's own events (acted, profiled) in canonical order. */
    public List<HistoryEvent> ofUser(int user) {
        return SegmentReader.read(userSegments[user]);
    }

    public boolean hasOwnEvents(int user) {
        return userSegments[user].length > 0;
    }

    /** All events of a message that has sends in several entries, in canonical order; null for any other message. */
    public @Nullable List<HistoryEvent> ofWandering(int message) {
        return home[message] == WANDERING ? SegmentReader.read(Objects.requireNonNull(loose.get(message))) : null;
    }

    /** Entries whose facts that message may touch, as known now. */
    public void entriesOfMessage(int message, IntConsumer visitor) {
        if (home[message] >= 0) {
            visitor.accept(home[message]);
        } else if (home[message] == WANDERING) {
            for (HistoryEvent event : Objects.requireNonNull(ofWandering(message))) {
                if (event.isSend()) {
                    visitor.accept(event.entry);
                }
            }
        }
    }

    /** Puts numbers for the names of an event; new names are given theirs. Definitions are not for here. */
    public HistoryEvent resolve(AcceptedEvent from, long block) {
        HistoryEvent event = envelope(from, block);
        Journey journey = from.journeyId == null ? null : internJourney(from.journeyId);
        if (from.userId != null) {
            event.user = internUser(from.userId);
        }
        if (journey != null && from.entryId != null) {
            event.entry = internEntry(journey, from.entryId);
            event.version = from.version;
            inJourney(event, from, journey);
            journey.active(from.time);
        }
        if (journey != null && from.type == JourneyEventType.ENTRY_REJECTED) {
            journey.active(from.time);
        }
        if (from.messageId != null) {
            event.message = internMessage(from.messageId);
        }
        event.channel = word(from.channel);
        event.platform = word(from.platform);
        event.kind = word(from.kind);
        event.reason = word(from.reason);
        event.machine = from.machine;
        event.link = from.link == null ? null : Text.of(from.link);
        event.value = from.value;
        event.amount = from.amount;
        event.currency = word(from.currency);
        if (from.type == JourneyEventType.USER_ACTED) {
            acted(event, from);
        }
        return event;
    }

    private HistoryEvent envelope(AcceptedEvent from, long block) {
        HistoryEvent event = new HistoryEvent();
        event.type = from.type;
        event.time = from.time;
        event.sequence = from.sequence;
        event.source = internSource(from.source);
        event.id = Text.of(from.id);
        event.block = block;
        return event;
    }

    private static void inJourney(HistoryEvent event, AcceptedEvent from, Journey journey) {
        event.node = number(journey.nodes(), from.nodeId);
        event.from = number(journey.nodes(), from.fromNodeId);
        event.edge = number(journey.edges(), from.edgeId);
        event.variant = number(journey.variants(), from.variant);
        event.outcome = number(journey.outcomes(), from.type == JourneyEventType.OUTCOME ? from.name : from.outcome);
        event.cancelled = from.cancelled;
        event.test = from.test;
        if (from.visitId != null) {
            event.visit = Text.of(from.visitId);
        }
    }

    private void acted(HistoryEvent event, AcceptedEvent from) {
        event.name = eventNames.intern(Objects.requireNonNull(from.name));
        if (from.erasedMatches != null) {
            event.erased = erased(from.erasedMatches);
        }
        Map<String, Object> attributes = from.attributes;
        if (attributes != null && !attributes.isEmpty()) {
            Map<Integer, Object> numbered = new LinkedHashMap<>();
            attributes.forEach((name, value) -> numbered.put(attributeNames.intern(name), value));
            event.attributes = numbered;
        }
    }

    /** The matches under the numbers that are used here. */
    public ErasedMatches erased(List<ErasedMatch> matches) {
        Set<ErasedMatches.Match> numbered = new HashSet<>();
        matches.forEach(match -> numbered.add(
                new ErasedMatches.Match(internJourney(match.journeyId()).number(), match.version())));
        return new ErasedMatches(numbered);
    }

    /** The versions, as defined now, whose conversion event this user event is, filters included. */
    public List<ErasedMatch> matches(HistoryEvent event) {
        List<ErasedMatch> matches = new ArrayList<>();
        for (Journey journey : journeys) {
            journey.versions().forEach((version, defined) -> {
                if (defined.conversionEvent() >= 0 && defined.isGoal(event)) {
                    matches.add(new ErasedMatch(journey.id(), version));
                }
            });
        }
        return matches;
    }

    /** As {@link #matches(HistoryEvent)}, of a {@code user.acted} that is not to become known here. */
    public List<ErasedMatch> matches(AcceptedEvent from) {
        HistoryEvent event = new HistoryEvent();
        event.type = from.type;
        event.name = eventNames.find(Objects.requireNonNull(from.name));
        if (event.name < 0) {
            return List.of();
        }
        Map<Integer, Object> known = new HashMap<>();
        if (from.attributes != null) {
            from.attributes.forEach((name, value) -> known.put(attributeNames.find(name), value));
        }
        event.attributes = known;
        return matches(event);
    }

    /** Adds events of one entry to its segment, wherever they belong in it. */
    public void append(int entry, List<HistoryEvent> events) {
        entrySegments[entry] = merged(entrySegments[entry], events);
        for (HistoryEvent event : events) {
            if (event.user >= 0) {
                named(entry, event.user);
            }
        }
    }

    private void named(int entry, int user) {
        if (firstNamed[entry] < 0) {
            firstNamed[entry] = user;
        } else if (firstNamed[entry] != user) {
            shared.computeIfAbsent(user, any -> new HashSet<>()).add(entry);
            shared.computeIfAbsent(firstNamed[entry], any -> new HashSet<>()).add(entry);
        }
    }

    /** Drops from an entry the texts that a user's erasure drops from its stored events; no figure is made of them. */
    public void forgetTexts(int entry, int user, String userId) {
        List<HistoryEvent> events = ofEntry(entry);
        Set<Integer> sent = new HashSet<>();
        events.stream().filter(event -> event.isSend() && event.user == user).forEach(event -> sent.add(event.message));
        forgetTexts(events, sent, user, userId);
        entrySegments[entry] = writer.write(events);
        for (int message : sent) {
            List<HistoryEvent> wandering = ofWandering(message);
            if (wandering != null) {
                forgetTexts(wandering, Set.of(message), user, userId);
                loose.put(message, writer.write(wandering));
            }
        }
    }

    private void forgetTexts(List<HistoryEvent> events, Set<Integer> sent, int user, String userId) {
        for (HistoryEvent event : events) {
            if (event.type == JourneyEventType.MESSAGE_ENGAGED && sent.contains(event.message)) {
                event.link = null;
            }
            if (event.user == user && event.type == JourneyEventType.OUTCOME) {
                event.value = null;
            }
            if (event.user == user
                    && event.type == JourneyEventType.MESSAGE_FAILED
                    && event.reason >= 0
                    && words.name(event.reason).contains(userId)) {
                event.reason = NONE;
            }
        }
    }

    /** Adds a user's own events to his. */
    public void appendToUser(int user, List<HistoryEvent> events) {
        userSegments[user] = merged(userSegments[user], events);
    }

    public void replaceOfUser(int user, List<HistoryEvent> events) {
        userSegments[user] = writer.write(events);
    }

    /**
     * Stages an event with entry fields or an engagement for the segment where it belongs, and keeps up where its message
     * lives. Events of a block come here one by one, then each staged list goes to {@link #append}.
     */
    public void route(HistoryEvent event, Staged staged) {
        if (event.ofEntry()) {
            staged.add(event.entry, event);
        }
        if (event.isSend()) {
            routeSend(event, staged);
        } else if (event.type == JourneyEventType.MESSAGE_ENGAGED) {
            routeEngagement(event, staged);
        }
    }

    private void routeSend(HistoryEvent send, Staged staged) {
        int message = send.message;
        if (home[message] == HOMELESS) {
            home[message] = send.entry;
            byte[] waiting = loose.remove(message);
            if (waiting != null) {
                SegmentReader.read(waiting).forEach(engagement -> staged.add(send.entry, engagement));
            }
        } else if (home[message] == WANDERING) {
            keepLoose(send);
        } else if (home[message] != send.entry) {
            wander(send, staged);
        }
    }

    private void routeEngagement(HistoryEvent engagement, Staged staged) {
        if (home[engagement.message] >= 0) {
            staged.add(home[engagement.message], engagement);
        } else {
            keepLoose(engagement);
        }
    }

    private void keepLoose(HistoryEvent event) {
        loose.put(event.message, merged(loose.getOrDefault(event.message, EMPTY), List.of(event)));
    }

    private void wander(HistoryEvent send, Staged staged) {
        int message = send.message;
        List<HistoryEvent> all = ofEntry(home[message]);
        all.addAll(staged.of(home[message]));
        all.removeIf(known -> known.message != message);
        all.add(send);
        all.sort(canonical);
        loose.put(message, writer.write(all));
        home[message] = WANDERING;
    }

    /** Takes in a definition; whether it is now the latest of its version. */
    public boolean define(AcceptedEvent from, long block) {
        JourneyDefinition definition = Objects.requireNonNull(from.definition);
        Journey journey = internJourney(definition.journeyId());
        HistoryEvent order = envelope(from, block);
        DefinedVersion known = journey.version(definition.version());
        if (known != null && compare(known.order(), order) > 0) {
            return false;
        }
        for (JourneyDefinition.Node node : definition.nodes()) {
            journey.nodes().intern(node.id());
        }
        String event = definition.conversionEvent();
        int[] attributes = definition.conversionFilter().stream()
                .map(Condition::attribute)
                .mapToInt(attributeNames::intern)
                .toArray();
        journey.versions()
                .put(
                        definition.version(),
                        new DefinedVersion(
                                definition,
                                order,
                                journey.number(),
                                event == null ? NONE : eventNames.intern(event),
                                attributes,
                                raw(from)));
        return true;
    }

    /** Takes in what an import came to, unless a later event has told of it. */
    public void finishImport(AcceptedEvent from, HistoryEvent order) {
        Journey journey = internJourney(Objects.requireNonNull(from.journeyId));
        String id = Objects.requireNonNull(from.importId);
        FinishedImport known = journey.importOf(id);
        if (known == null || compare(known.order(), order) < 0) {
            journey.keep(new FinishedImport(order, id, Objects.requireNonNull(from.importReport), raw(from)));
        }
    }

    private static byte[] raw(AcceptedEvent event) {
        return Arrays.copyOfRange(event.raw, event.rawOffset, event.rawOffset + event.rawLength);
    }

    public Journey internJourney(String id) {
        int number = journeyIds.intern(id);
        if (number == journeys.size()) {
            journeys.add(new Journey(number, id));
        }
        return journeys.get(number);
    }

    /** Canonical order: time, sequence, source, id. */
    public int compare(HistoryEvent one, HistoryEvent other) {
        int order = Long.compare(one.time, other.time);
        if (order == 0) {
            order = Long.compare(one.sequence, other.sequence);
        }
        if (order == 0 && one.source != other.source) {
            order = sourceTexts.get(one.source).compareTo(sourceTexts.get(other.source));
        }
        return order != 0 ? order : one.id.compareTo(other.id);
    }

    public Comparator<HistoryEvent> canonicalOrder() {
        return canonical;
    }

    private byte[] merged(byte[] segment, List<HistoryEvent> events) {
        if (segment.length == 0) {
            List<HistoryEvent> sorted = new ArrayList<>(events);
            sorted.sort(canonical);
            return writer.write(sorted);
        }
        List<HistoryEvent> all = SegmentReader.read(segment);
        all.addAll(events);
        all.sort(canonical);
        return writer.write(all);
    }

    private int internSource(String source) {
        int number = sources.intern(source);
        readSources();
        return number;
    }

    /** Makes every source that has a number comparable. */
    void readSources() {
        for (int source = sourceTexts.size(); source < sources.size(); source++) {
            sourceTexts.add(Text.of(sources.name(source)));
        }
    }

    private int internEntry(Journey journey, String entryId) {
        int entry = entries.intern(journey.number(), entryId);
        makeRoomForEntries();
        return entry;
    }

    /** Gives every entry that has a number a place. */
    void makeRoomForEntries() {
        if (entries.size() > entrySegments.length) {
            growEntries(grown(entries.size()));
        }
        for (int entry = entries.size() - 1; entry >= 0 && entrySegments[entry] == null; entry--) {
            entrySegments[entry] = EMPTY;
            entryUser[entry] = NONE;
            firstNamed[entry] = NONE;
            startedAt[entry] = NEVER;
            exitedAt[entry] = NEVER;
            convertedAt[entry] = NEVER;
        }
    }

    private int internMessage(String messageId) {
        int known = messages.size();
        int message = messages.intern(0, messageId);
        makeRoomForMessages();
        if (message == known) {
            home[message] = HOMELESS;
        }
        return message;
    }

    /** Gives every message that has a number a place, whose content is undefined. */
    void makeRoomForMessages() {
        if (messages.size() > home.length) {
            home = Arrays.copyOf(home, grown(messages.size()));
        }
    }

    private void growEntries(int length) {
        entrySegments = Arrays.copyOf(entrySegments, length);
        entryUser = Arrays.copyOf(entryUser, length);
        firstNamed = Arrays.copyOf(firstNamed, length);
        entryScope = Arrays.copyOf(entryScope, length);
        nextOfUser = Arrays.copyOf(nextOfUser, length);
        startedAt = Arrays.copyOf(startedAt, length);
        exitedAt = Arrays.copyOf(exitedAt, length);
        convertedAt = Arrays.copyOf(convertedAt, length);
    }

    private void unlink(int entry, int user) {
        if (firstOfUser[user] == entry) {
            firstOfUser[user] = nextOfUser[entry];
            return;
        }
        int at = firstOfUser[user];
        while (nextOfUser[at] != entry) {
            at = nextOfUser[at];
        }
        nextOfUser[at] = nextOfUser[entry];
    }

    private int word(@Nullable String word) {
        return number(words, word);
    }

    private static int number(Names names, @Nullable String name) {
        return name == null ? NONE : names.intern(name);
    }

    private static int grown(int number) {
        return number + (number >> 1) + 64;
    }
}
