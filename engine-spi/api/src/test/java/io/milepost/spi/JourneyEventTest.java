package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JourneyEventTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EventSource ENGINE = new EventSource("/engines/acme");
    private static final EntryRef ENTRY = new EntryRef("onboarding", 3, "e-1", "ann");

    @Test
    void hasARecordForEachTypeOfTheVocabulary() {
        VisitRef visit = new VisitRef("welcome", "v-1");
        MessageRef message = new MessageRef("welcome", "m-1", "email");
        List<JourneyEvent> events = List.of(
                ENGINE.journeyDefined(
                        NOON, JourneyDefinition.of("onboarding", 3).build()),
                ENGINE.journeyEntered(NOON, ENTRY),
                new JourneyEvent.EntryRejected(
                        ENGINE.envelope(JourneyEventType.ENTRY_REJECTED, NOON, "i-1", "17"),
                        new JourneyRef("onboarding", 3),
                        null,
                        "capped",
                        null),
                ENGINE.nodeEntered(NOON, ENTRY, visit),
                ENGINE.nodeExited(NOON, ENTRY, visit),
                ENGINE.messageSent(NOON, ENTRY, message),
                ENGINE.messageFailed(NOON, ENTRY, message, null),
                ENGINE.messageEngaged(NOON, "m-1", "clicked"),
                ENGINE.outcomeReached(NOON, ENTRY, new VisitRef("survey", "v-2"), "stars", 5),
                ENGINE.journeyMigrated(NOON, ENTRY, 2),
                ENGINE.journeyExited(NOON, ENTRY, ExitReason.COMPLETED),
                ENGINE.userActed(NOON, "ann", "purchase"),
                ENGINE.userProfiled(NOON, "ann", Map.of()),
                ENGINE.importFinished(
                        NOON, "onboarding", new ImportReport("i-1", "sftp", null, 0, 0, 0, List.of(), null)));
        assertThat(events).extracting(JourneyEvent::type).containsExactly(JourneyEventType.values());
        assertThat(events).extracting(JourneyEvent::source).containsOnly("/engines/acme");
        assertThat(events).extracting(JourneyEvent::id).doesNotHaveDuplicates();
        assertThat(JourneyEvent.class.getPermittedSubclasses()).hasSameSizeAs(JourneyEventType.values());
    }

    @Test
    void namesTheFieldAndWhatWasExpectedOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VisitRef("", "v"))
                .withMessage("nodeId must have 1 to 200 characters, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VisitRef("n".repeat(201), "v"))
                .withMessage("nodeId must have 1 to 200 characters, not 201");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VisitRef("n", "v\u0000"))
                .withMessage("visitId must not have control characters, as at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntryRef("j", 0, "e", "u"))
                .withMessage("version must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRef("n", "m", "E-Mail"))
                .withMessageStartingWith("channel must be a lower-case word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRef("n", "m", "email").costing(Money.of("1", null)))
                .withMessage("cost.currency is required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImportReport("i", "c", null, 3, 1, 1, List.of(), null))
                .withMessage("total must be valid + invalid");
    }

    @Test
    void refusesAnAbsentRequiredField() {
        String[] absent = new String[1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VisitRef("n", absent[0]))
                .withMessage("visitId is required");
        Instant[] never = new Instant[1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Envelope("/a", "1", never[0]))
                .withMessage("time is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00a", "\udc00\ud800", "a\n", "\u007f", "\u0085"})
    void refusesIdsWithLoneSurrogatesOrControlCharacters(String id) {
        assertThatThrownBy(() -> new VisitRef(id, "v")).hasMessageStartingWith("nodeId must not have");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "入口", "😀", "a/b\\c", "zoë\u200d"})
    void takesAnyOtherCharacterInIds(String id) {
        assertThat(new VisitRef(id, "v").nodeId()).isEqualTo(id);
        assertThatCode(() -> new VisitRef("😀".repeat(200), "v")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engines/acme/prod-1", "urn:acme:7", "https://acme.example/e?a=1#b", "a", "../up"})
    void takesAnyUriReferenceAsSource(String source) {
        assertThat(new EventSource(source).uri()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "http://[", "%zz", "//"})
    void refusesASourceThatIsNoUriReference(String source) {
        assertThatThrownBy(() -> new EventSource(source)).hasMessageStartingWith("uri must be a URI-reference");
    }

    @Test
    void keepsAttributesInOrderAndExact() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("z", 1);
        given.put("a", 2.5);
        given.put("m", "text");
        given.put("b", false);
        JourneyEvent.JourneyEntered entered = ENGINE.journeyEntered(NOON, ENTRY).withAttributes(given);
        given.clear();
        assertThat(entered.attributes())
                .containsExactly(
                        Map.entry("z", new BigDecimal("1")),
                        Map.entry("a", new BigDecimal("2.5")),
                        Map.entry("m", "text"),
                        Map.entry("b", false));
        assertThatThrownBy(() -> entered.attributes().put("q", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesAttributesThatAreNotFlat() {
        assertThatThrownBy(() -> ENGINE.userProfiled(NOON, "ann", Map.of("tags", List.of("a"))))
                .hasMessage("attributes.tags must be a string, a number or, in attributes, a boolean");
        assertThatThrownBy(() -> ENGINE.userProfiled(NOON, "ann", Map.of("odds", Double.NaN)))
                .hasMessage("attributes.odds must be a finite number");
        assertThatThrownBy(() -> ENGINE.outcomeReached(NOON, ENTRY, new VisitRef("n", "v-1"), "o", true))
                .hasMessageStartingWith("value must be");
    }

    @Test
    void countsTheDigitsOfAnAmountAsWritten() {
        assertThat(Money.of("1E+3", "EUR")).isEqualTo(Money.of("1000", "EUR"));
        assertThatCode(() -> Money.of("1234567890123456789012345678.90", "EUR")).doesNotThrowAnyException();
        for (String tooLong : List.of("1E+30", "1E-30", "1E+2000000000", "0.000000000000000000000000000001")) {
            assertThatThrownBy(() -> Money.of(tooLong, "EUR")).hasMessage("amount must have at most 30 digits");
        }
        assertThatThrownBy(() -> Money.of("9,90", "EUR")).hasMessage("amount must be a decimal number such as 9.90");
    }

    @Test
    void refusesADefinitionThatAnalyticsWouldRefuse() {
        assertThatThrownBy(() -> define(JourneyDefinition.of("j", 1).within(Duration.ofMillis(1500))))
                .hasMessage("attributionWindow must be whole seconds, zero or more");
        assertThatThrownBy(() -> define(JourneyDefinition.of("j", 1).when("a", JourneyDefinition.Operator.IN, "b")))
                .hasMessageStartingWith("conversionFilter.value of in must be a List");
        assertThatThrownBy(() -> ENGINE.journeyDefined(
                        NOON,
                        new JourneyDefinition(
                                "j",
                                1,
                                null,
                                List.of(new JourneyDefinition.Node("n", null, "teleport", null)),
                                List.of(),
                                List.of(),
                                null,
                                List.of(),
                                null,
                                null,
                                null)))
                .hasMessageStartingWith("nodes.type must be one of [trigger, send,");
    }

    @Test
    void refusesATimeThatCannotBeWritten() {
        for (Instant time : Arrays.asList(Instant.MIN, Instant.MAX, Instant.parse("-0001-12-31T23:59:59Z"))) {
            assertThatThrownBy(() -> ENGINE.journeyEntered(time, ENTRY))
                    .hasMessage("time must be in the years 0000 to 9999 UTC");
        }
    }

    private static void define(JourneyDefinition.Builder definition) {
        ENGINE.journeyDefined(NOON, definition.build());
    }
}
