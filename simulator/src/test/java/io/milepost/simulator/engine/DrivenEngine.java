package io.milepost.simulator.engine;

import io.milepost.simulator.scenario.LoadedScenario;
import io.milepost.simulator.scenario.ScenarioReader;
import io.milepost.spi.EventSource;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyEngineAdapter;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.VisitRef;
import io.milepost.tck.KitEngine;
import io.milepost.tck.KitJourney;
import io.milepost.tck.KitSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's engine driven from outside. It remembers what was done to it, as the simulator does: after a failed
 * transaction, and after a restart, it lives through all of that again. One transaction at a time.
 */
final class DrivenEngine implements KitEngine, Teller {

    /**
     * What was done.
     *
     * @param with a diagram, or variables
     * @param results how each step in it went
     */
    private record Deed(
            long at, String entryId, String what, String argument, @Nullable Object with, List<Result> results) {}

    /**
     * @param told how many events the step told
     * @param error code of the business error it threw
     */
    record Result(int told, @Nullable String error) {}

    private static final int TRIES = 3;
    private static final Map<String, List<Deed>> DATABASES = new ConcurrentHashMap<>();

    private final KitSetup setup;
    private final SimulatedEngine engine;
    private final JourneyEngineAdapter.Attachment attachment;
    private final List<Deed> past;
    private final Map<String, List<Drawn>> journeys = new HashMap<>();
    private final Map<String, DrivenEntry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private List<JourneyEvent> told = new ArrayList<>();
    private Deque<Result> remembered = new ArrayDeque<>();
    private List<Result> results = new ArrayList<>();
    private boolean remembering;
    private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private int ids;

    DrivenEngine(KitSetup setup) {
        this.setup = setup;
        this.engine = new SimulatedEngine(setup.context().source(), this::tellAgain);
        this.attachment = engine.attach(setup.context());
        this.past = DATABASES.computeIfAbsent(setup.database(), fresh -> new ArrayList<>());
        remember(transaction -> {});
    }

    @Override
    public JourneyEngineAdapter.Attachment attachment() {
        return attachment;
    }

    @Override
    public EventSource source() {
        return setup.context().source();
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void tell(JourneyEvent event) {
        told.add(event);
    }

    /** Runs a step of the kit's, or remembers how it went. */
    Result step(DrivenEntry entry, VisitRef visit) {
        if (remembering) {
            Result result = remembered.remove();
            for (int i = 0; i < result.told; i++) {
                entry.tellsAgain(visit);
            }
            return result;
        }
        Result result = entry.run(setup.steps(), visit);
        results.add(result);
        return result;
    }

    Drawn newest(String journeyId) {
        List<Drawn> versions = Objects.requireNonNull(journeys.get(journeyId), journeyId);
        return versions.get(versions.size() - 1);
    }

    /** Begins an entry in the transaction that is under way. */
    DrivenEntry begin(Drawn drawn, String user, @Nullable DrivenEntry caller, Map<String, Object> variables) {
        DrivenEntry entry = new DrivenEntry(this, drawn, "e" + ++ids, user, caller, variables);
        entries.put(entry.id, entry);
        entry.enter();
        return entry;
    }

    @Override
    public synchronized void deploy(KitJourney journey, @Nullable String tenant) {
        int version = journeys.getOrDefault(journey.id(), List.of()).size() + 1;
        transact("", "deploy", journey.id(), Drawn.of(journey, version));
    }

    @Override
    public synchronized String enter(
            KitJourney journey, String user, @Nullable String tenant, Map<String, Object> variables) {
        String id = "e" + (ids + 1);
        transact(journey.id(), "enter", user, Map.copyOf(variables));
        return id;
    }

    @Override
    public synchronized void complete(String entryId, String nodeId) {
        transact(entryId, "complete", nodeId, null);
    }

    @Override
    public synchronized void correlate(String entryId, String message) {
        transact(entryId, "correlate", message, null);
    }

    @Override
    public synchronized void delete(String entryId, boolean skipListeners) {
        transact(entryId, "delete", "", null);
    }

    @Override
    public synchronized void migrate(String entryId, KitJourney journey, long toVersion) {
        transact(entryId, "migrate", journey.id(), toVersion);
    }

    @Override
    public synchronized void pass(Duration time) {
        now += time.toMillis();
        work();
    }

    @Override
    public synchronized void work() {
        while (worked()) {
            // what was done may have made more
        }
    }

    private boolean worked() {
        for (DrivenEntry entry : List.copyOf(entries.values())) {
            if (entry.isDue(now)) {
                transact(entry.id, "due", "", null);
                return true;
            }
            for (String node : entry.jobs()) {
                int failed = failures.getOrDefault(entry.id + node, 0);
                if (failed < TRIES) {
                    job(entry.id, node, failed);
                    return true;
                }
            }
        }
        return false;
    }

    private void job(String entryId, String node, int failed) {
        try {
            transact(entryId, "job", node, null);
        } catch (RuntimeException broken) {
            failures.put(entryId + node, failed + 1);
            if (failed + 1 == TRIES) {
                transact(entryId, "incident", node, null);
            }
        }
    }

    private void transact(String entryId, String what, String argument, @Nullable Object with) {
        Deed deed = new Deed(now, entryId, what, argument, with, new ArrayList<>());
        told = new ArrayList<>();
        results = deed.results;
        try {
            act(deed);
        } catch (RuntimeException rolledBack) {
            long then = now;
            remember(transaction -> {});
            now = then;
            throw rolledBack;
        }
        past.add(deed);
        engine.commit(told);
    }

    /** Lives through all that was done. */
    private void remember(JourneyEventSink sink) {
        journeys.clear();
        entries.clear();
        ids = 0;
        remembering = true;
        for (Deed deed : List.copyOf(past)) {
            now = deed.at;
            told = new ArrayList<>();
            remembered = new ArrayDeque<>(deed.results);
            act(deed);
            sink.emit(new JourneyEventBatch(told));
        }
        remembering = false;
    }

    private synchronized long tellAgain(Instant from, Instant to, JourneyEventSink into) {
        long[] count = {0};
        long then = now;
        remember(batch -> {
            List<JourneyEvent> wanted = batch.events().stream()
                    .filter(event ->
                            !event.time().isBefore(from) && event.time().isBefore(to))
                    .toList();
            count[0] += wanted.size();
            into.emit(new JourneyEventBatch(wanted));
        });
        now = then;
        return count[0];
    }

    private void act(Deed deed) {
        switch (deed.what) {
            case "deploy" -> deployed(deed);
            case "enter" -> begin(newest(deed.entryId), deed.argument, null, variables(deed.with));
            case "complete" -> entry(deed).complete(deed.argument);
            case "correlate" -> entry(deed).correlate(deed.argument);
            case "due" -> entry(deed).come(now);
            case "job" -> entry(deed).work(deed.argument);
            case "incident" -> entry(deed).giveUp(deed.argument);
            case "delete" -> entry(deed).pass.stop(ExitReason.CANCELLED, true);
            case "migrate" -> entry(deed).pass.migrate(version(deed.argument, deed.with), Map.of());
            default -> throw new IllegalStateException(deed.what);
        }
    }

    private void deployed(Deed deed) {
        if (deed.with instanceof Drawn drawn) {
            journeys.computeIfAbsent(deed.argument, id -> new ArrayList<>()).add(drawn);
            tell(source().journeyDefined(Instant.ofEpochMilli(now), drawn.version().definition));
        }
    }

    private static Map<String, Object> variables(@Nullable Object with) {
        Map<String, Object> variables = new HashMap<>();
        if (with instanceof Map<?, ?> map) {
            map.forEach((name, value) -> variables.put(String.valueOf(name), value));
        }
        return variables;
    }

    private Plan.Version version(String journeyId, @Nullable Object number) {
        List<Drawn> versions = journeys.getOrDefault(journeyId, List.of());
        return versions.get(number instanceof Long version ? (int) (version - 1) : 0)
                .version();
    }

    private DrivenEntry entry(Deed deed) {
        return Objects.requireNonNull(entries.get(deed.entryId), deed.entryId);
    }

    @Override
    public void close() {
        attachment.close();
    }

    /** A journey of the kit as a scenario file with its diagram, read as any other. */
    record Drawn(KitJourney journey, String xml, Plan.Version version) {

        static Drawn of(KitJourney journey, int version) {
            String xml = journey.bpmn(
                    new KitJourney.Dialect("xmlns:kit=\"urn:kit\"", "kit:step=\"true\"", "kit:async=\"true\""));
            StringBuilder nodes = new StringBuilder();
            journey.nodes().stream()
                    .filter(node -> node.channel() != null)
                    .forEach(node -> nodes.append(node.id() + ": {sends: {channel: " + node.channel() + "}}"));
            String settings =
                    (journey.conversionEvent() == null ? "" : ", conversionEvent: " + journey.conversionEvent())
                            + (journey.attributionWindow() == null
                                    ? ""
                                    : ", attributionWindow: " + journey.attributionWindow());
            String yaml = "name: kit\ntitle: kit\nzone: UTC\nusers: 1\nweeks: 1\n"
                    + "population: {attributes: {}, platforms: {none: 1}}\n"
                    + "arrivals: {until: 1, hours: [1" + ", 1".repeat(23) + "], weekdays: [1" + ", 1".repeat(6) + "]}\n"
                    + "journeys: [{id: " + journey.id() + ", name: " + journey.name() + ", versions: [{version: "
                    + version + ", bpmn: kit.bpmn, nodes: {" + nodes + "}" + settings + "}]}]\n";
            try {
                Path folder = Files.createTempDirectory("kit");
                Files.writeString(folder.resolve("kit.bpmn"), xml);
                Files.writeString(folder.resolve("kit.yaml"), yaml);
                LoadedScenario loaded = ScenarioReader.file(folder.resolve("kit.yaml"));
                Plan plan = new Plan("", loaded.scenario().journeys().get(0), loaded);
                return new Drawn(journey, xml, plan.versions.get(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isStep(String node) {
            return xml.matches("(?s).*<serviceTask id=\"" + node + "\".*");
        }

        boolean isAsync(String node) {
            return xml.matches("(?s).*<serviceTask id=\"" + node + "\"[^>]*kit:async.*");
        }

        boolean isWait(String node) {
            return xml.matches("(?s).*<userTask id=\"" + node + "\".*");
        }

        /** The name of the variable a flow asks for, with {@code !} in front where it must not hold; empty = none. */
        String condition(String flow) {
            var found = java.util.regex.Pattern.compile("<sequenceFlow id=\"" + flow + "\"[^>]*>.*?\\$\\{([^}]*)}.*")
                    .matcher(xml);
            return found.find() ? found.group(1) : "";
        }
    }
}
