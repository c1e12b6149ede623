package io.milepost.analytics.benchmark;

import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events of many users who pass journeys of a push, a wait of some days, an email or SMS and an exit, in order of time:
 * thousands of entries are under way at once. The same for the same seed.
 */
final class EventStream {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_767_225_600L * SECOND;
    private static final String[] PLATFORMS = {"android", "ios", "web"};

    private final SplittableRandom random;
    private final int users;
    private final int journeys;
    private final PriorityQueue<AcceptedEvent> waiting =
            new PriorityQueue<>(Comparator.comparingLong(event -> event.time));
    private long nextEntry = START;
    private long number;

    EventStream(long seed, int users, int journeys) {
        this.random = new SplittableRandom(seed);
        this.users = users;
        this.journeys = journeys;
    }

    AcceptedEvent next() {
        while (waiting.isEmpty() || waiting.peek().time >= nextEntry) {
            enter();
        }
        return waiting.remove();
    }

    private void enter() {
        long at = nextEntry;
        nextEntry += random.nextLong(40 * SECOND);
        String journey = "journey-" + random.nextInt(journeys);
        String user = "user-" + random.nextInt(users);
        String entry = uuid();
        int sequence = 0;
        AcceptedEvent entered = of(JourneyEventType.JOURNEY_ENTERED, at, journey, entry, user, ++sequence);
        entered.variant = random.nextBoolean() ? "A" : "B";
        sequence = send(at, journey, entry, user, "push", "start", sequence);
        long wait = at + SECOND + random.nextLong(3 * 86_400 * SECOND);
        String visit = uuid();
        visit(JourneyEventType.NODE_ENTERED, at + SECOND, journey, entry, user, "wait", visit, ++sequence);
        visit(JourneyEventType.NODE_EXITED, wait, journey, entry, user, "wait", visit, ++sequence).outcome = "timeout";
        if (random.nextInt(3) > 0) {
            sequence = send(wait, journey, entry, user, random.nextBoolean() ? "email" : "sms", "wait", sequence);
        }
        AcceptedEvent exited = of(JourneyEventType.JOURNEY_EXITED, wait + SECOND, journey, entry, user, ++sequence);
        exited.reason = "completed";
        if (random.nextInt(4) == 0) {
            AcceptedEvent acted =
                    of(JourneyEventType.USER_ACTED, wait + random.nextLong(86_400 * SECOND), null, null, user, 0);
            acted.name = "purchase";
            acted.amount = BigDecimal.valueOf(random.nextInt(20_000), 2);
            acted.currency = "EUR";
            acted.attributes = Map.of("size", BigDecimal.valueOf(random.nextInt(10)), "shop", "web");
        }
    }

    private int send(long at, String journey, String entry, String user, String channel, String from, int before) {
        int sequence = before;
        String visit = uuid();
        String message = uuid();
        visit(JourneyEventType.NODE_ENTERED, at, journey, entry, user, channel, visit, ++sequence).fromNodeId = from;
        AcceptedEvent sent = of(
                random.nextInt(20) == 0 ? JourneyEventType.MESSAGE_FAILED : JourneyEventType.MESSAGE_SENT,
                at,
                journey,
                entry,
                user,
                ++sequence);
        sent.nodeId = channel;
        sent.messageId = message;
        sent.channel = channel;
        sent.platform = PLATFORMS[random.nextInt(3)];
        sent.amount = BigDecimal.valueOf(random.nextInt(100), 4);
        sent.currency = "EUR";
        visit(JourneyEventType.NODE_EXITED, at + SECOND / 2, journey, entry, user, channel, visit, ++sequence);
        if (random.nextInt(3) > 0) {
            AcceptedEvent engaged =
                    of(JourneyEventType.MESSAGE_ENGAGED, at + random.nextLong(3600 * SECOND), null, null, null, 0);
            engaged.messageId = message;
            engaged.kind = random.nextBoolean() ? "clicked" : "shown";
        }
        return sequence;
    }

    private AcceptedEvent visit(
            JourneyEventType type,
            long at,
            String journey,
            String entry,
            String user,
            String node,
            String visit,
            int sequence) {
        AcceptedEvent event = of(type, at, journey, entry, user, sequence);
        event.nodeId = node;
        event.visitId = visit;
        return event;
    }

    private AcceptedEvent of(JourneyEventType type, long at, String journey, String entry, String user, long sequence) {
        AcceptedEvent event = new AcceptedEvent();
        event.type = type;
        event.source = "/engines/benchmark/1";
        event.id = Long.toString(++number, 36) + "-" + type.wireName();
        event.time = at - at % 1_000_000;
        event.journeyId = journey;
        event.version = 1;
        event.entryId = entry;
        event.userId = user;
        event.sequence = sequence;
        waiting.add(event);
        return event;
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
