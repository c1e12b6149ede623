package io.milepost.analytics.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Batches of new, realistic events: users who pass a journey of a send, a wait and an exit, and who click and buy. */
final class EventBodies {

    private static final String[] CHANNELS = {"push", "email", "sms"};
    private static final String[] PLATFORMS = {"android", "ios", "web"};

    private final Random random;
    private final int journeys;
    private final int users;
    private final int spacing;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> pending = new ArrayList<>();

    EventBodies(long seed, int journeys, int users) {
        this(seed, journeys, users, 2000);
    }

    /** @param spacing milliseconds between entries at most; half of it on average */
    EventBodies(long seed, int journeys, int users, int spacing) {
        this.spacing = spacing;
        this.random = new Random(seed);
        this.journeys = journeys;
        this.users = users;
    }

    /** Bodies that wait to be sent. */
    Queue<byte[]> queue(int bodies, int events) {
        Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < bodies; i++) {
            queue.add(next(events));
        }
        return queue;
    }

    byte[] next(int events) {
        while (pending.size() < events) {
            addEntry();
        }
        List<String> taken = pending.subList(0, events);
        byte[] body = ("[" + String.join(",", taken) + "]").getBytes(StandardCharsets.UTF_8);
        taken.clear();
        return body;
    }

    /** Eight events of one entry, and now and then a purchase. */
    private void addEntry() {
        now = now.plusMillis(random.nextInt(spacing));
        String channel = CHANNELS[random.nextInt(CHANNELS.length)];
        String user = "user-" + random.nextInt(users);
        String entry = "\"journeyId\":\"journey-" + random.nextInt(journeys) + "\",\"version\":1,\"entryId\":\""
                + uuid() + "\",\"userId\":\"" + user + "\"";
        String send = uuid();
        String wait = uuid();
        String message = uuid();
        int waited = 60 + random.nextInt(7200);
        add(
                "journey.entered",
                0,
                entry + ",\"sequence\":1,\"attributes\":{\"plan\":\"gold\",\"age\":" + random.nextInt(80)
                        + "},\"variant\":\"A\"");
        add(
                "journey.node.entered",
                1,
                entry + ",\"sequence\":2,\"nodeId\":\"send-" + channel + "\",\"visitId\":\"" + send + "\"");
        add(
                "journey.message.sent",
                2,
                entry + ",\"sequence\":3,\"nodeId\":\"send-" + channel + "\",\"messageId\":\"" + message
                        + "\",\"channel\":\"" + channel
                        + "\",\"platform\":\"" + PLATFORMS[random.nextInt(PLATFORMS.length)]
                        + "\",\"cost\":{\"amount\":\"0.0" + (1 + random.nextInt(9)) + "\",\"currency\":\"EUR\"}");
        add(
                "journey.node.exited",
                3,
                entry + ",\"sequence\":4,\"nodeId\":\"send-" + channel + "\",\"visitId\":\"" + send + "\"");
        add(
                "journey.node.entered",
                4,
                entry + ",\"sequence\":5,\"nodeId\":\"wait\",\"visitId\":\"" + wait + "\",\"fromNodeId\":\"send-"
                        + channel + "\"");
        add(
                "journey.message.engaged",
                60,
                "\"messageId\":\"" + message + "\",\"kind\":\"" + (random.nextBoolean() ? "clicked" : "shown") + "\"");
        add(
                "journey.node.exited",
                waited,
                entry + ",\"sequence\":6,\"nodeId\":\"wait\",\"visitId\":\"" + wait + "\",\"outcome\":\"timeout\"");
        add("journey.exited", waited, entry + ",\"sequence\":7,\"reason\":\"completed\",\"nodeId\":\"wait\"");
        if (random.nextInt(5) == 0) {
            add(
                    "user.acted",
                    waited + 400,
                    "\"userId\":\"" + user + "\",\"name\":\"purchase\",\"value\":{\"amount\":\"" + random.nextInt(200)
                            + ".99\",\"currency\":\"EUR\"}");
        }
    }

    private void add(String type, int seconds, String data) {
        pending.add(
                "{\"specversion\":\"1.0\",\"id\":\"" + uuid() + "\",\"source\":\"/engines/operaton/prod-1\",\"type\":\""
                        + type + "\",\"time\":\"" + now.plusSeconds(seconds) + "\",\"data\":{" + data + "}}");
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
