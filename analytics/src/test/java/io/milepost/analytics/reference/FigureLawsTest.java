package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Subjects that are wrong on purpose, to prove that the harness tells. */
class FigureLawsTest {

    /** Keeps what {@code keeps} says of each event, given how many it had. */
    private static final class Forgetful implements Subject {
        private final List<String> known = new ArrayList<>();
        private final UnaryOperator<List<String>> keeps;
        private final boolean forgetsAtRestart;

        Forgetful(UnaryOperator<List<String>> keeps, boolean forgetsAtRestart) {
            this.keeps = keeps;
            this.forgetsAtRestart = forgetsAtRestart;
        }

        @Override
        public void feed(List<String> events) {
            known.addAll(keeps.apply(events));
        }

        @Override
        public JsonNode figures(FigureRequest request) {
            return new ReferenceEvaluator(known).figures(request);
        }

        @Override
        public void restart() {
            if (forgetsAtRestart && !known.isEmpty()) {
                known.remove(known.size() - 1);
            }
        }

        @Override
        public void close() {}
    }

    private static UnaryOperator<List<String>> without(Predicate<SeenEvent> forgotten) {
        return events -> events.stream()
                .filter(event -> !forgotten.test(SeenEvent.parse(event)))
                .toList();
    }

    private static final List<String> STORY = List.of(
            event("d", "journey.defined", "2026-05-01", "\"conversionEvent\":\"buy\",\"attributionWindow\":\"PT1H\""),
            event("1", "journey.entered", "2026-05-02", "\"entryId\":\"e\",\"userId\":\"ann\""),
            event("2", "journey.entered", "2026-05-02", "\"entryId\":\"f\",\"userId\":\"bob\""),
            event("3", "user.acted", "2026-05-03", "\"name\":\"buy\",\"userId\":\"ann\""),
            event("4", "user.acted", "2026-05-03", "\"name\":\"sing\",\"userId\":\"bob\""));

    private static String event(String id, String type, String day, String fields) {
        return ("{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/t\",\"type\":\"%s\",\"time\":\"%sT00:00:00Z\","
                        + "\"data\":{\"journeyId\":\"j\",\"version\":1,%s}}")
                .formatted(id, type, day, fields);
    }

    @Test
    void acceptsASubjectThatForgetsNothing() {
        for (Delivery delivery : Delivery.values()) {
            new FigureLaws(ReferenceSubject::new)
                    .equalsTheReference(1, delivery, STORY, new AwkwardQueries(1, STORY).all());
        }
    }

    @Test
    void showsTheThreeEventsThatALostConversionTakes() {
        FigureLaws laws = new FigureLaws(() -> new Forgetful(without(event -> event.is("user.acted")), false));
        assertThatThrownBy(
                        () -> laws.equalsTheReference(1, Delivery.IN_ONE_GO, STORY, new AwkwardQueries(1, STORY).all()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("convertedUsers: expected 1, got 0")
                .hasMessageContaining("\"id\":\"d\"")
                .hasMessageContaining("\"id\":\"1\"")
                .hasMessageContaining("\"id\":\"3\"")
                .hasMessageNotContaining("\"id\":\"2\"")
                .hasMessageNotContaining("\"id\":\"4\"");
    }

    @Test
    void tellsASubjectThatLosesEventsWhenItRestarts() {
        FigureLaws laws = new FigureLaws(() -> new Forgetful(events -> events, true));
        assertThatThrownBy(() -> laws.equalsTheReference(1, Delivery.WITH_RESTARTS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WITH_RESTARTS, seed 1");
    }

    @Test
    void everyStreamHasWhatItsFeaturesPromise() {
        List<SeenEvent> events = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            AwkwardStreams.of(seed).events().forEach(event -> events.add(SeenEvent.parse(event)));
            assertThat(AwkwardStreams.of(seed).events())
                    .isEqualTo(AwkwardStreams.of(seed).events());
        }
        assertThat(events.stream().map(SeenEvent::type).distinct()).hasSize(14);
        assertThat(events.size()).isBetween(2_000, 20_000);
    }

    @Test
    void aFeatureSwitchedOffIsGone() {
        AwkwardStreams calm = AwkwardStreams.of(1)
                .without(AwkwardStreams.Feature.EXACT_DUPLICATE)
                .without(AwkwardStreams.Feature.TEST_ENTRY)
                .without(AwkwardStreams.Feature.OFFSETS);
        assertThat(calm.events()).doesNotHaveDuplicates().allMatch(event -> !event.contains("\"test\":true"));
        assertThat(calm.events()).allMatch(event -> !event.matches(".*\"time\":\"[^\"]*[+-]\\d\\d:\\d\\d\".*"));
    }
}
