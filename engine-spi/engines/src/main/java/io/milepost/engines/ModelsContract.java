package io.milepost.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import io.milepost.spi.JourneyEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Diagrams that come with the tests, and those that other people drew, from the folder {@code -Dmilepost.models=…}. Those the
 * engine deploys are played without the code they were drawn for, as far as they go. Then each node's visits are those of the
 * engine's history, a replay tells the same again, and Milepost has not complained.
 */
public abstract class ModelsContract {
    private static final List<String> OWN = List.of("campaign.bpmn", "dunning.bpmn", "returns.bpmn", "survey.bpmn");
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final int STARTS = 4;
    private static final int STEPS = 25;
    private static final Map<String, Object> VARIABLES =
            Map.of("approved", true, "amount", 100, "items", List.of(1, 2));

    /** With a full history, and its events to that sink. */
    protected abstract PlayedEngine start(JourneyEventSink sink);

    /** Of what diagrams this engine's history doesn't keep enough to tell all again that happened in one millisecond. */
    protected Set<String> lostInAMillisecond() {
        return Set.of();
    }

    @TestFactory
    final Stream<DynamicTest> eachNodesVisitsAreThoseOfTheEnginesHistory() throws IOException {
        return models().map(model -> DynamicTest.dynamicTest(model.name(), () -> measure(model, engine -> {})));
    }

    @TestFactory
    final Stream<DynamicTest> soTheyAreIfAllHappensInOneMillisecond() throws IOException {
        return models().filter(model -> !lostInAMillisecond().contains(model.name()))
                .map(model ->
                        DynamicTest.dynamicTest(model.name(), () -> measure(model, engine -> engine.stopClock(NOON))));
    }

    /** Or the silence of the others would say nothing. */
    @Test
    final void whatMilepostComplainsOfIsHeard() {
        try (MilepostLog log = new MilepostLog();
                PlayedEngine engine = start(JourneyEventSink.noop())) {
            Model model = Model.own(OWN.get(0));
            assertThat(engine.refusal(model.name(), model.bpmn())).isEmpty();
            engine.starts(null, VARIABLES).forEach(Runnable::run);
            assertThat(log.complaints()).anyMatch(said -> said.contains("have no user and are not told"));
        }
    }

    private static Stream<Model> models() throws IOException {
        return Stream.concat(OWN.stream().map(Model::own), given().stream());
    }

    private static List<Model> given() throws IOException {
        String folder = System.getProperty("milepost.models", "");
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".bpmn"))
                    .sorted()
                    .map(Model::read)
                    .toList();
        }
    }

    private void measure(Model model, Consumer<PlayedEngine> time) {
        Queue<JourneyEvent> told = new ConcurrentLinkedQueue<>();
        try (MilepostLog log = new MilepostLog();
                PlayedEngine engine = start(batch -> told.addAll(batch.events()))) {
            String refusal = engine.refusal(model.name(), model.bpmn()).orElse("");
            assertThat(log.complaints()).isEmpty();
            mayBeRefused(model, refusal);
            time.accept(engine);
            Set<String> undone = play(engine);
            assertThat(engine.flush(Duration.ofSeconds(20))).isTrue();
            Map<String, Visits> theirs = theirs(engine);
            tell(model.name() + ": " + theirs.size() + " nodes, " + Visits.sum(theirs.values()) + "; undone: "
                    + undone);
            assertThat(ours(told)).isEqualTo(theirs);
            assertThat(engine.diagnostics().count("capture.failures")).isZero();
            assertThat(engine.diagnostics().count("capture.without-user")).isZero();
            assertThat(known(replayed(engine))).containsAll(known(told));
            assertThat(log.complaints()).isEmpty();
        }
    }

    /** Of other people's. */
    private static void mayBeRefused(Model model, String refusal) {
        if (OWN.contains(model.name())) {
            assertThat(refusal).isEmpty();
        }
        assumeTrue(refusal.isEmpty(), () -> tell(model.name() + ": refused: " + inALine(refusal)));
    }

    private static String tell(String line) {
        System.out.println(line);
        return line;
    }

    /** What the engine said of the steps it undid. */
    private static Set<String> play(PlayedEngine engine) {
        Set<String> undone = new TreeSet<>();
        for (int i = 0; i < STARTS; i++) {
            engine.starts("user-" + i, VARIABLES).forEach(step -> attempt(step, undone));
        }
        for (int turn = 0; turn < STEPS; turn++) {
            goOn(engine, turn, undone);
        }
        // Of the late ones some stay where they are, and some end before their time.
        for (int i = 0; i < STARTS; i++) {
            engine.starts("late-" + i, VARIABLES).forEach(step -> attempt(step, undone));
        }
        goOn(engine, 0, undone);
        engine.stop(2);
        return undone;
    }

    private static void goOn(PlayedEngine engine, int turn, Set<String> undone) {
        for (Supplier<List<Runnable>> kind : engine.waiting(VARIABLES)) {
            everyOther(kind.get(), turn).forEach(step -> attempt(step, undone));
        }
    }

    /** In turn, so that some stay behind. */
    private static List<Runnable> everyOther(List<Runnable> waiting, int turn) {
        return Stream.iterate(turn % 2, i -> i < waiting.size(), i -> i + 2)
                .map(waiting::get)
                .toList();
    }

    private static void attempt(Runnable step, Set<String> undone) {
        try {
            step.run();
        } catch (RuntimeException rolledBack) {
            // A diagram calls what is not here, or asks for a variable nobody set.
            undone.add(inALine(rolledBack.getMessage()));
        }
    }

    private static String inALine(@Nullable String words) {
        return String.valueOf(words).replaceAll("\\s+", " ");
    }

    private static Map<String, Visits> ours(Collection<JourneyEvent> told) {
        Map<String, Visits> visits = new TreeMap<>();
        for (JourneyEvent event : told) {
            if (event instanceof NodeEntered in) {
                visits.merge(in.entry().journeyId() + ' ' + in.visit().nodeId(), new Visits(1, 0), Visits::plus);
            } else if (event instanceof NodeExited out) {
                visits.merge(out.entry().journeyId() + ' ' + out.visit().nodeId(), new Visits(0, 1), Visits::plus);
            }
        }
        return visits;
    }

    private static Map<String, Visits> theirs(PlayedEngine engine) {
        return engine.history().stream()
                .collect(Collectors.toMap(
                        visit -> visit.journeyId() + ' ' + visit.nodeId(),
                        visit -> new Visits(1, visit.hasEnded() ? 1 : 0),
                        Visits::plus,
                        TreeMap::new));
    }

    private static Collection<JourneyEvent> replayed(PlayedEngine engine) {
        Queue<JourneyEvent> again = new ConcurrentLinkedQueue<>();
        engine.replaySource()
                .replay(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), batch -> again.addAll(batch.events()));
        return again;
    }

    /** What a history keeps, each once. */
    private static Set<JourneyEvent> known(Collection<JourneyEvent> events) {
        List<JourneyEvent> known = events.stream()
                .filter(event -> event instanceof JourneyEntered
                        || event instanceof NodeEntered
                        || event instanceof NodeExited
                        || event instanceof JourneyExited)
                .toList();
        assertThat(known).extracting(JourneyEvent::id).doesNotHaveDuplicates();
        return Set.copyOf(known);
    }

    private record Model(String name, String bpmn) {
        static Model own(String name) {
            try (InputStream diagram = Objects.requireNonNull(ModelsContract.class.getResourceAsStream(name))) {
                return new Model(name, withoutCode(new String(diagram.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Model read(Path file) {
            try {
                return new Model(file.getFileName().toString(), withoutCode(Files.readString(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What it calls is not here: it does nothing instead, and each condition holds. */
        private static String withoutCode(String bpmn) {
            return bpmn.replaceAll(
                            " camunda:(class|delegateExpression|expression)=\"[^\"]*\"",
                            " camunda:expression=\"\\${true}\"")
                    .replaceAll(
                            "(<camunda:(?:execution|task)Listener[^>]*?) (?:class|delegateExpression|expression)=\"[^\"]*\"",
                            "$1 expression=\"\\${true}\"")
                    .replaceAll("scriptFormat=\"[^\"]*\"", "scriptFormat=\"juel\"")
                    .replaceAll("(?s)(<(?:bpmn2?:)?script>).*?(</)", "$1\\${true}$2")
                    .replaceAll("(?s)(<(?:bpmn2?:)?conditionExpression[^>]*>).*?(</)", "$1\\${true}$2");
        }
    }

    private record Visits(int entered, int exited) {
        static Visits sum(Collection<Visits> all) {
            return all.stream().reduce(new Visits(0, 0), Visits::plus);
        }

        Visits plus(Visits other) {
            return new Visits(entered + other.entered, exited + other.exited);
        }

        @Override
        public String toString() {
            return entered + " entered, " + exited + " exited, " + (entered - exited) + " active";
        }
    }
}
