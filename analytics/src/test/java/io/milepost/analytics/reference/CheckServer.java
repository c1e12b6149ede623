package io.milepost.analytics.reference;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Holds a running server to the laws: {@code CheckServer http://127.0.0.1:8080 1 50 [law]}, seeds from the first to the
 * last, only laws whose name contains the last word. Prints what is broken, with the events that suffice to see it; exit
 * code 0 where nothing is, 1 otherwise, 2 for wrong use.
 */
public final class CheckServer {

    private final FigureLaws laws;
    private final PrintStream out;

    private CheckServer(URI server, String run, PrintStream out) {
        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger spaces = new AtomicInteger();
        this.laws =
                new FigureLaws(() -> new HttpSubject(client, server, "~" + run + "." + spaces.incrementAndGet() + "~"));
        this.out = out;
    }

    public static void main(String[] arguments) {
        if (arguments.length < 3) {
            System.err.println("CheckServer <base URI> <first seed> <last seed> [part of a law's name]");
            System.exit(2);
        }
        String run = Long.toString(System.currentTimeMillis(), 36);
        CheckServer check = new CheckServer(URI.create(arguments[0]), run, System.out);
        String wanted = arguments.length > 3 ? arguments[3] : "";
        System.exit(check.run(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), wanted) == 0 ? 0 : 1);
    }

    private int run(long first, long last, String wanted) {
        int broken = 0;
        for (long seed = first; seed <= last; seed++) {
            for (Map.Entry<String, LongConsumer> law : laws().entrySet()) {
                if (law.getKey().contains(wanted)) {
                    broken += holds(law.getKey(), law.getValue(), seed) ? 0 : 1;
                }
            }
            out.println("seed " + seed + " done, " + broken + " broken so far");
        }
        return broken;
    }

    private boolean holds(String name, LongConsumer law, long seed) {
        try {
            law.accept(seed);
            return true;
        } catch (AssertionError | RuntimeException e) {
            out.println(
                    "BROKEN " + name + ", seed " + seed + "\n" + (e instanceof AssertionError ? e.getMessage() : e));
            return false;
        }
    }

    private Map<String, LongConsumer> laws() {
        Map<String, LongConsumer> all = new LinkedHashMap<>();
        for (Delivery delivery : Delivery.values()) {
            all.put(delivery.name(), seed -> laws.equalsTheReference(seed, delivery));
        }
        all.put("countsOfDisjointPeopleAddUp", laws::countsOfDisjointPeopleAddUp);
        all.put("namesOfUsersDoNotMatter", laws::namesOfUsersDoNotMatter);
        all.put("shiftingByWholeDaysDoesNotMatter", laws::shiftingByWholeDaysDoesNotMatter);
        all.put("countsOfBothPartsOfARangeAddUp", laws::countsOfBothPartsOfARangeAddUp);
        all.put("pointsAddUpInEveryZone", laws::pointsAddUpInEveryZone);
        return all;
    }
}
