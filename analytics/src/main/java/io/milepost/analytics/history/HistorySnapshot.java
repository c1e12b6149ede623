package io.milepost.analytics.history;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.StoredEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@link Histories} held at one moment, to be written while they go on: what they never change in place is shared,
 * the rest (some 60 bytes an entry) is copied. It holds what the events say and nothing that was folded from them.
 */
public final class HistorySnapshot {

    private final List<List<String>> names;
    private final List<JourneyNotes> journeys;
    private final Dictionary.Snapshot users;
    private final Dictionary.Snapshot entries;
    private final Dictionary.Snapshot messages;
    private final byte[][] userSegments;
    private final byte[][] entrySegments;
    private final int[] firstNamed;
    private final int[] home;
    private final Map<Integer, byte[]> loose;
    private final Map<Integer, Set<Integer>> shared;

    /** Events that are kept as received, each with the block that holds it. */
    private record Kept(long block, byte[] raw) {}

    private record JourneyNotes(
            String id, List<List<String>> names, List<Kept> kept, long firstActivity, long lastActivity) {

        static JourneyNotes of(Journey journey) {
            List<Kept> kept = new ArrayList<>();
            journey.versions().values().forEach(version -> kept.add(new Kept(version.order().block, version.raw())));
            journey.imports().forEach(finished -> kept.add(new Kept(finished.order().block, finished.raw())));
            return new JourneyNotes(
                    journey.id(),
                    journey.vocabularies().stream().map(Names::all).toList(),
                    kept,
                    journey.firstActivity(),
                    journey.lastActivity());
        }
    }

    HistorySnapshot(Histories of) {
        names = of.vocabularies().stream().map(Names::all).toList();
        journeys = of.journeys().stream().map(JourneyNotes::of).toList();
        users = of.users.snapshot();
        entries = of.entries.snapshot();
        messages = of.messages.snapshot();
        userSegments = Arrays.copyOf(of.userSegments, of.userCount());
        entrySegments = Arrays.copyOf(of.entrySegments, of.entryCount());
        firstNamed = Arrays.copyOf(of.firstNamed, of.entryCount());
        home = Arrays.copyOf(of.home, of.messageCount());
        loose = new HashMap<>(of.loose);
        shared = new HashMap<>();
        of.shared.forEach((user, naming) -> shared.put(user, Set.copyOf(naming)));
    }

    public void write(PackedWriter to) throws IOException {
        for (List<String> vocabulary : names) {
            write(vocabulary, to);
        }
        to.number(journeys.size());
        for (JourneyNotes journey : journeys) {
            write(journey, to);
        }
        users.write(to);
        write(userSegments, to);
        entries.write(to);
        write(entrySegments, to);
        for (int user : firstNamed) {
            to.signed(user);
        }
        messages.write(to);
        for (int entry : home) {
            to.signed(entry);
        }
        to.number(loose.size());
        for (Map.Entry<Integer, byte[]> message : loose.entrySet()) {
            to.number(message.getKey());
            to.bytes(message.getValue());
        }
        to.number(shared.size());
        for (Map.Entry<Integer, Set<Integer>> user : shared.entrySet()) {
            to.number(user.getKey());
            to.number(user.getValue().size());
            for (int entry : user.getValue()) {
                to.number(entry);
            }
        }
    }

    private static void write(List<String> vocabulary, PackedWriter to) throws IOException {
        to.number(vocabulary.size());
        for (String name : vocabulary) {
            to.text(name);
        }
    }

    private static void write(byte[][] segments, PackedWriter to) throws IOException {
        for (byte[] segment : segments) {
            to.bytes(segment);
        }
    }

    private static void write(JourneyNotes journey, PackedWriter to) throws IOException {
        to.text(journey.id);
        to.signed(journey.firstActivity);
        to.signed(journey.lastActivity);
        for (List<String> vocabulary : journey.names) {
            write(vocabulary, to);
        }
        to.number(journey.kept.size());
        for (Kept event : journey.kept) {
            to.number(event.block);
            to.bytes(event.raw);
        }
    }

    /** Histories as {@link #write} found them; nothing is folded yet. */
    public static Histories read(PackedReader from) throws IOException {
        Histories histories = new Histories();
        for (Names vocabulary : histories.vocabularies()) {
            read(vocabulary, from);
        }
        histories.readSources();
        List<Kept> kept = new ArrayList<>();
        for (int journeys = from.count(); journeys > 0; journeys--) {
            readJourney(histories, from, kept);
        }
        readUsers(histories, from);
        readEntries(histories, from);
        readMessages(histories, from);
        for (int users = from.count(); users > 0; users--) {
            int user = from.count();
            Set<Integer> naming = new HashSet<>();
            for (int entries = from.count(); entries > 0; entries--) {
                naming.add(from.count());
            }
            histories.shared.put(user, naming);
        }
        for (Kept event : kept) {
            takeIn(histories, event);
        }
        return histories;
    }

    private static void read(Names vocabulary, PackedReader from) throws IOException {
        for (int names = from.count(); names > 0; names--) {
            vocabulary.intern(from.text());
        }
    }

    private static void readJourney(Histories histories, PackedReader from, List<Kept> kept) throws IOException {
        Journey journey = histories.internJourney(from.text());
        journey.active(from.signed(), from.signed());
        for (Names vocabulary : journey.vocabularies()) {
            read(vocabulary, from);
        }
        for (int events = from.count(); events > 0; events--) {
            kept.add(new Kept(from.number(), from.bytes()));
        }
    }

    private static void readUsers(Histories histories, PackedReader from) throws IOException {
        histories.users.read(from);
        histories.makeRoomForUsers();
        for (int user = 0; user < histories.userCount(); user++) {
            histories.userSegments[user] = from.bytes();
        }
    }

    private static void readEntries(Histories histories, PackedReader from) throws IOException {
        histories.entries.read(from);
        histories.makeRoomForEntries();
        for (int entry = 0; entry < histories.entryCount(); entry++) {
            histories.entrySegments[entry] = from.bytes();
        }
        for (int entry = 0; entry < histories.entryCount(); entry++) {
            histories.firstNamed[entry] = (int) from.signed();
        }
    }

    private static void readMessages(Histories histories, PackedReader from) throws IOException {
        histories.messages.read(from);
        histories.makeRoomForMessages();
        for (int message = 0; message < histories.messageCount(); message++) {
            histories.home[message] = (int) from.signed();
        }
        for (int waiting = from.count(); waiting > 0; waiting--) {
            histories.loose.put(from.count(), from.bytes());
        }
    }

    private static void takeIn(Histories histories, Kept kept) throws IOException {
        AcceptedEvent event = StoredEvents.read(kept.raw, 1).get(0);
        if (event.definition != null) {
            histories.define(event, kept.block);
        } else {
            histories.finishImport(event, histories.resolve(event, kept.block));
        }
    }
}
