package io.milepost.analytics.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.analytics.event.Batch.Refused;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyDefinition.Condition;
import io.milepost.spi.JourneyDefinition.Operator;
import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final String ENTRY =
            "'journeyId': 'welcome', 'version': 2, 'entryId': 'n-1', 'userId': 'u-1', 'sequence': 7";

    @Test
    void readsTheEnvelopeAndTheEntryFields() {
        AcceptedEvent event = accepted(event("journey.entered", ENTRY + ", 'variant': 'A', 'test': true"));

        assertThat(event.type).isEqualTo(JourneyEventType.JOURNEY_ENTERED);
        assertThat(event.id).isEqualTo("e-1");
        assertThat(event.source).isEqualTo("/engines/prod-1");
        assertThat(Nanos.toInstant(event.time)).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456789Z"));
        assertThat(event.journeyId).isEqualTo("welcome");
        assertThat(event.version).isEqualTo(2);
        assertThat(event.entryId).isEqualTo("n-1");
        assertThat(event.userId).isEqualTo("u-1");
        assertThat(event.sequence).isEqualTo(7);
        assertThat(event.variant).isEqualTo("A");
        assertThat(event.test).isTrue();
    }

    @Test
    void keepsTheRawEventOfEachPlaceInTheBody() throws BodyException {
        String first = json(event("journey.entered", ENTRY));
        String second =
                json("{'data': {%s}, 'x': [1, {}], %s, 'time': '2026-03-01T12:00:00Z', 'type': 'journey.entered'}"
                        .formatted(ENTRY, "'specversion': '1.0', 'id': 'zweite-ü', 'source': '/s'"));

        Batch array = reader().readArray(bytes(" [ " + first + " ,\n " + second + " ] "));
        Batch marked = reader().readArray(bytes("\uFEFF[" + first + "," + second + "]"));
        Batch lines = reader().readLines(bytes("\uFEFF" + first + "\r\n\n  \n" + second));

        for (Batch batch : List.of(array, marked, lines)) {
            assertThat(batch.refused()).isEmpty();
            assertThat(batch.events()).extracting(EventReaderTest::raw).containsExactly(first, second);
            assertThat(batch.indexes()).startsWith(0, 1);
            assertThat(batch.events().get(1).entryId).isEqualTo("n-1");
        }
    }

    @Test
    void passesOverAByteOrderMark() throws BodyException {
        String event = json("{'data': {%s}, %s, 'time': '2026-03-01T12:00:00Z', 'type': 'journey.entered'}"
                .formatted(ENTRY, "'specversion': '1.0', 'id': 'e', 'source': '/s'"));

        Batch batch = reader().readOne(bytes("\uFEFF" + event));

        assertThat(batch.events()).extracting(EventReaderTest::raw).containsExactly(event);
        assertThat(batch.events().get(0).userId).isEqualTo("u-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'specversion': '1.0'            | 'specversion': '0.3'              | invalid-field | specversion
                    'specversion': '1.0'            | 'specversion': 1.0                | invalid-field | specversion
                    'specversion': '1.0'            | 'x': 1                            | missing-field | specversion
                    'specversion': '1.0'            | 'specversion': null               | missing-field | specversion
                    'id': 'e-1'                     | 'id': ''                          | invalid-field | id
                    'id': 'e-1'                     | 'id': 7                           | invalid-field | id
                    'id': 'e-1'                     | 'x': 1                            | missing-field | id
                    'id': 'e-1'                     | 'id': 'e-1', 'id': 'e-2'          | invalid-field | id
                    'source': '/engines/prod-1'     | 'source': 'no uri'                | invalid-field | source
                    'source': '/engines/prod-1'     | 'source': ''                      | invalid-field | source
                    'source': '/engines/prod-1'     | 'source': '/%zz'                  | invalid-field | source
                    'source': '/engines/prod-1'     | 'x': 1                            | missing-field | source
                    'type': 'journey.node.exited'   | 'type': 'journey.node.left'       | unknown-type  | type
                    'type': 'journey.node.exited'   | 'type': []                        | invalid-field | type
                    'type': 'journey.node.exited'   | 'x': 1                            | missing-field | type
                    'time': '2026-03-01T12:00:00.123456789Z' | 'x': 1                   | missing-field | time
                    'time': '2026-03-01T12:00:00.123456789Z' | 'time': 5                | invalid-time  | time
                    'time': '2026-03-01T12:00:00.123456789Z' | 'time': '2026-03-01'     | invalid-time  | time
                    'time': '2026-03-01T12:00:00.123456789Z' | 'time': '2026-03-10T01:00:00.000000001Z' | time-in-future | time
                    'datacontenttype': 'application/json' | 'datacontenttype': 'text/xml' | invalid-field | datacontenttype
                    'datacontenttype': 'application/json' | 'datacontenttype': 1        | invalid-field | datacontenttype
                    """)
    void refusesAnEnvelopeThatBreaksOneRule(String good, String bad, String reason, String field) throws Exception {
        String valid = event("journey.node.exited", ENTRY + ", 'nodeId': 'a', 'visitId': 'v'");
        assertThat(valid).contains(good);

        Refused refused = refused(valid.replace(good, bad));

        assertThat(refused.rejection().reason().code()).isEqualTo(reason);
        assertThat(refused.rejection().field()).isEqualTo(field);
    }

    @Test
    void refusesDataThatIsAbsentOrNoObject() throws Exception {
        String envelope = "{'specversion': '1.0', 'id': 'e', 'source': '/s', 'time': '2026-03-01T12:00:00Z',"
                + " 'type': 'journey.entered'%s}";

        assertRefused(envelope.formatted(""), "missing-field", "data");
        assertRefused(envelope.formatted(", 'data': null"), "missing-field", "data");
        assertRefused(envelope.formatted(", 'data': [1]"), "invalid-field", "data");
        assertRefused(envelope.formatted(", 'data': 'x'"), "invalid-field", "data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    journey.entered        | $E                                                   | 'entryId': 'n-1', | | missing-field | data.entryId
                    journey.entered        | $E                                                   | 'userId': 'u-1', | | missing-field | data.userId
                    journey.entered        | $E                                                   | 'version': 2 | 'version': 0 | invalid-field | data.version
                    journey.entered        | $E                                                   | 'version': 2 | 'version': 1.5 | invalid-field | data.version
                    journey.entered        | $E                                                   | 'version': 2 | 'version': '2' | invalid-field | data.version
                    journey.entered        | $E                                                   | 'version': 2 | 'version': 1e400 | invalid-field | data.version
                    journey.entered        | $E                                                   | 'version': 2 | 'version': 9223372036854775808 | invalid-field | data.version
                    journey.entered        | $E                                                   | 'sequence': 7 | 'sequence': true | invalid-field | data.sequence
                    journey.entered        | $E                                                   | 'n-1' | '' | invalid-field | data.entryId
                    journey.entered        | $E                                                   | 'n-1' | 'a\\u0007' | invalid-field | data.entryId
                    journey.entered        | $E                                                   | 'n-1' | 'a\\u0085' | invalid-field | data.entryId
                    journey.entered        | $E                                                   | 'n-1' | 'a\\ud800' | invalid-field | data.entryId
                    journey.entered        | $E                                                   | 'n-1' | {'a': [1]} | invalid-field | data.entryId
                    journey.entered        | $E                                                   | 'userId': 'u-1' | 'userId': 'u-1', 'userId': 'u-2' | invalid-field | data.userId
                    journey.entered        | $E, 'test': true                                     | true | 'true' | invalid-field | data.test
                    journey.entered        | $E, 'attributes': {'a': 1}                           | {'a': 1} | [1] | invalid-field | data.attributes
                    journey.entered        | $E, 'attributes': {'a': 1}                           | {'a': 1} | {'a': {'b': 1}} | invalid-field | data.attributes.a
                    journey.entered        | $E, 'parentEntryId': 'p'                             | 'p' | 5 | invalid-field | data.parentEntryId
                    journey.entry.rejected | 'journeyId': 'j', 'version': 1, 'reason': 'capped'  | 'capped' | 'Capped' | invalid-field | data.reason
                    journey.entry.rejected | 'journeyId': 'j', 'version': 1, 'reason': 'capped'  | , 'reason': 'capped' | | missing-field | data.reason
                    journey.node.entered   | $E, 'nodeId': 'a', 'visitId': 'v'                    | , 'visitId': 'v' | | missing-field | data.visitId
                    journey.node.entered   | $E, 'nodeId': 'a', 'visitId': 'v', 'edgeId': 'f'     | 'f' | false | invalid-field | data.edgeId
                    journey.node.exited    | $E, 'nodeId': 'a', 'visitId': 'v'                    | 'nodeId': 'a', | | missing-field | data.nodeId
                    journey.node.exited    | $E, 'nodeId': 'a', 'visitId': 'v', 'cancelled': true | true | 1 | invalid-field | data.cancelled
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'sms' | , 'channel': 'sms' | | missing-field | data.channel
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'sms' | 'sms' | 'SMS' | invalid-field | data.channel
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'sms' | 'sms' | '-sms' | invalid-field | data.channel
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'sms' | 'sms' | 'text message' | invalid-field | data.channel
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | , 'currency': 'EUR' | | missing-field | data.cost.currency
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | 'amount': 1, | | missing-field | data.cost.amount
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | 'amount': 1 | 'amount': '1,5' | invalid-field | data.cost.amount
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | 'amount': 1 | 'amount': 1e30 | invalid-field | data.cost.amount
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | 'amount': 1 | 'amount': '1234567890123456789012345678901' | invalid-field | data.cost.amount
                    journey.message.sent   | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'cost': {'amount': 1, 'currency': 'EUR'} | 'EUR' | '' | invalid-field | data.cost.currency
                    journey.message.failed | $E, 'nodeId': 'a', 'messageId': 'm', 'channel': 'x', 'reason': 'No such inbox!' | 'No such inbox!' | 4 | invalid-field | data.reason
                    journey.message.engaged | 'messageId': 'm', 'kind': 'clicked'                | , 'kind': 'clicked' | | missing-field | data.kind
                    journey.message.engaged | 'messageId': 'm', 'kind': 'clicked'                | 'messageId': 'm', | | missing-field | data.messageId
                    journey.message.engaged | 'messageId': 'm', 'kind': 'clicked'                | 'clicked' | 'CLICKED' | invalid-field | data.kind
                    journey.outcome        | $E, 'nodeId': 'a', 'name': 'yes', 'value': 3         | 'value': 3 | 'value': true | invalid-field | data.value
                    journey.outcome        | $E, 'nodeId': 'a', 'name': 'yes', 'value': 3         | , 'name': 'yes' | | missing-field | data.name
                    journey.migrated       | $E, 'fromVersion': 1                                 | , 'fromVersion': 1 | | missing-field | data.fromVersion
                    journey.exited         | $E, 'reason': 'goal'                                 | 'goal' | 'bored' | invalid-field | data.reason
                    journey.exited         | $E, 'reason': 'goal'                                 | , 'reason': 'goal' | | missing-field | data.reason
                    user.acted             | 'userId': 'u', 'name': 'bought', 'value': {'amount': '9.99'} | '9.99' | null | missing-field | data.value.amount
                    user.acted             | 'userId': 'u', 'name': 'bought', 'value': {'amount': '9.99'} | {'amount': '9.99'} | 9.99 | invalid-field | data.value
                    user.acted             | 'userId': 'u', 'name': 'bought'                     | , 'name': 'bought' | | missing-field | data.name
                    user.profiled          | 'userId': 'u', 'attributes': {}                     | , 'attributes': {} | | missing-field | data.attributes
                    journey.import.finished | 'journeyId': 'j', 'importId': 'i', 'connection': 'c', 'total': 3, 'valid': 2, 'invalid': 1 | 'total': 3 | 'total': 4 | invalid-field | data.total
                    journey.import.finished | 'journeyId': 'j', 'importId': 'i', 'connection': 'c', 'total': 3, 'valid': 2, 'invalid': 1 | 'valid': 2, | | missing-field | data.valid
                    journey.import.finished | 'journeyId': 'j', 'importId': 'i', 'connection': 'c', 'total': 3, 'valid': 2, 'invalid': 1, 'errors': [{'row': 1, 'reason': 'r'}] | 'row': 1, | | missing-field | data.errors[0].row
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'nodes': [{'id': 'a', 'type': 'send'}, {'id': 'b', 'type': 'wait'}] | 'id': 'b', | | missing-field | data.nodes[1].id
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'nodes': [{'id': 'a', 'type': 'send'}] | 'send' | 'sned' | invalid-field | data.nodes[0].type
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'nodes': [{'id': 'a', 'type': 'send'}] | [{'id': 'a', 'type': 'send'}] | {} | invalid-field | data.nodes
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'nodes': [{'id': 'a', 'type': 'send'}] | {'id': 'a', 'type': 'send'} | 5 | invalid-field | data.nodes[0]
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'edges': [{'from': 'a', 'to': 'b'}] | , 'to': 'b' | | missing-field | data.edges[0].to
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'stages': [{'id': 's', 'nodes': ['a', 'b']}] | 'b' | '' | invalid-field | data.stages[0].nodes[1]
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'stages': [{'id': 's', 'nodes': ['a', 'b']}] | , 'nodes': ['a', 'b'] | | missing-field | data.stages[0].nodes
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'conversionFilter': [{'attribute': 'a', 'op': 'eq', 'value': 1}] | 'eq' | '==' | invalid-field | data.conversionFilter[0].op
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'conversionFilter': [{'attribute': 'a', 'op': 'eq', 'value': 1}] | 'eq' | 'in' | invalid-field | data.conversionFilter[0].value
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'conversionFilter': [{'attribute': 'a', 'op': 'eq', 'value': 1}] | , 'value': 1 | | missing-field | data.conversionFilter[0].value
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'conversionFilter': [{'attribute': 'a', 'op': 'in', 'value': [1, 'x']}] | 'x' | null | invalid-field | data.conversionFilter[0].value[1]
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'attributionWindow': 'P1D' | 'P1D' | '1 day' | invalid-field | data.attributionWindow
                    journey.defined        | 'journeyId': 'j', 'version': 1, 'reentry': true     | true | 'yes' | invalid-field | data.reentry
                    """)
    void refusesDataThatBreaksOneRule(String type, String data, String good, String bad, String reason, String field)
            throws Exception {
        String valid = event(type, data.replace("$E", ENTRY));
        accepted(valid);
        assertThat(valid).contains(good);

        Refused refused = refused(valid.replace(good, bad == null ? "" : bad).replace(", }", "}"));

        assertThat(refused.rejection().reason().code()).isEqualTo(reason);
        assertThat(refused.rejection().field()).isEqualTo(field);
        assertThat(refused.rejection().id()).isEqualTo("e-1");
    }

    @Test
    void namesTheIdEvenWhereTheFaultComesBeforeIt() throws Exception {
        Refused refused =
                refused("{'type': 'journey.entered', 'data': {'journeyId': {'x': [1]}}, 'time': '?', 'id': 'late'}");

        assertThat(refused.rejection().id()).isEqualTo("late");
        assertThat(refused.rejection().field()).isEqualTo("data.journeyId");
    }

    @Test
    void ignoresFieldsTheTypeDoesNotHave() {
        AcceptedEvent event = accepted(
                event("user.acted", "'userId': 'u', 'name': 'x', 'nodeId': 5, 'version': 'a', 'channel': {'y': []}"));

        assertThat(event.nodeId).isNull();
    }

    @Test
    void takesNullForAbsent() {
        AcceptedEvent event = accepted(event(
                "journey.entered",
                ENTRY.replace("7", "null") + ", 'variant': null, 'attributes': {'a': null, 'b': 'x'}, 'test': null"));

        assertThat(event.sequence).isZero();
        assertThat(event.attributes).isEqualTo(Map.of("b", "x"));
    }

    @Test
    void countsCodePointsInIdentifiers() throws Exception {
        String longest = "\uD83D\uDE00".repeat(200);
        assertThat(accepted(event("journey.entered", ENTRY.replace("n-1", longest))).entryId)
                .isEqualTo(longest);

        assertRefused(event("journey.entered", ENTRY.replace("n-1", longest + "x")), "invalid-field", "data.entryId");
        assertRefused(event("journey.entered", ENTRY.replace("n-1", "x".repeat(201))), "invalid-field", "data.entryId");
    }

    @Test
    void readsIntegersHoweverTheyAreWritten() {
        for (String two : List.of("2", "2.0", "2e0", "0.2E1", "20e-1")) {
            assertThat(accepted(event("journey.entered", ENTRY.replace("'version': 2", "'version': " + two))).version)
                    .isEqualTo(2);
        }
        assertThat(accepted(event("journey.entered", ENTRY.replace("7", "-9223372036854775808"))).sequence)
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void readsAmountsAsDecimals() {
        String sent = ENTRY
                + ", 'nodeId': 'a', 'messageId': 'm', 'channel': 'email', 'cost': {'amount': %s, 'currency': 'EUR'}";
        for (String amount : List.of("0.10", "'0.10'", "1e-1", "'+0.1'")) {
            assertThat(accepted(event("journey.message.sent", sent.formatted(amount))).amount)
                    .isEqualByComparingTo("0.1");
        }
        assertThat(accepted(event("journey.message.sent", sent.formatted("'123456789012345678901234567890'"))).amount)
                .isEqualTo(new BigDecimal("123456789012345678901234567890"));
    }

    @Test
    void takesAnyLowerCaseWordForAChannel() {
        String sent = ENTRY + ", 'nodeId': 'a', 'messageId': 'm', 'channel': '%s'";
        for (String word : List.of("push", "in-app", "carrier.pigeon", "web_push2", "überraschung")) {
            assertThat(accepted(event("journey.message.sent", sent.formatted(word))).channel)
                    .isEqualTo(word);
        }
    }

    @Test
    void readsADefinition() {
        AcceptedEvent event = accepted(event(
                "journey.defined",
                "'journeyId': 'j', 'version': 3, 'name': 'J', 'nodes': [{'id': 'a', 'type': 'send', 'channel': 'email'}],"
                        + " 'edges': [{'from': 'a', 'to': 'b'}], 'stages': [{'id': 's', 'nodes': ['a']}],"
                        + " 'conversionEvent': 'bought', 'attributionWindow': 'P1DT12H', 'reentry': false, 'bpmn': '<x/>',"
                        + " 'conversionFilter': [{'attribute': 'sku', 'op': 'in', 'value': ['x', 1.0, true]}]"));

        JourneyDefinition definition = requireNonNull(event.definition);
        assertThat(definition.journeyId()).isEqualTo("j");
        assertThat(definition.version()).isEqualTo(3);
        assertThat(definition.nodes().get(0).channel()).isEqualTo("email");
        assertThat(definition.attributionWindow()).isEqualTo(Duration.ofHours(36));
        assertThat(definition.conversionFilter())
                .containsExactly(new Condition("sku", Operator.IN, List.of("x", new BigDecimal("1.0"), true)));
    }

    @Test
    void aDefinitionKeepsNothingOfTheOneBeforeIt() throws BodyException {
        String full =
                json(event("journey.defined", "'journeyId': 'j', 'version': 3, 'name': 'J', 'conversionEvent': 'x'"));
        String bare = json(event("journey.defined", "'journeyId': 'k', 'version': 1"));

        Batch batch = reader().readArray(bytes("[" + full + "," + bare + "]"));

        JourneyDefinition second = requireNonNull(batch.events().get(1).definition);
        assertThat(second.name()).isNull();
        assertThat(second.conversionEvent()).isNull();
    }

    @Test
    void refusesAnEventOfMoreBytesThanItsTypeMayHave() throws Exception {
        String attribute = "'attributes': {'a': '" + "x".repeat(70_000) + "'}";
        Refused refused = refused(event("journey.entered", ENTRY + ", " + attribute));
        assertThat(refused.rejection().reason().code()).isEqualTo("too-large");

        String definition = "'journeyId': 'j', 'version': 1, 'bpmn': '%s'";
        assertThat(accepted(event("journey.defined", definition.formatted("x".repeat(70_000)))).definition)
                .isNotNull();
        assertThat(refused(event("journey.defined", definition.formatted("x".repeat(1024 * 1024))))
                        .rejection()
                        .reason()
                        .code())
                .isEqualTo("too-large");
        assertThatThrownBy(() -> reader().readOne(bytes(json(event("journey.entered", ENTRY + ", " + attribute)))))
                .isInstanceOfSatisfying(
                        BodyException.class, e -> assertThat(e.isTooLarge()).isTrue());
    }

    @Test
    void aMalformedLineCostsNoOther() throws BodyException {
        String good = json(event("journey.entered", ENTRY));
        byte[] body = bytes(
                good + "\n{\n\n[1]\n" + good + " x\n" + "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}\n" + good);

        Batch batch = reader().readLines(body);

        assertThat(batch.events()).hasSize(2);
        assertThat(batch.indexes()).startsWith(0, 5);
        assertThat(batch.refused()).extracting(Refused::index).containsExactly(1, 2, 3, 4);
        assertThat(batch.refused())
                .extracting(refused -> refused.rejection().reason().code())
                .containsOnly("not-json");
    }

    @Test
    void aLineThatIsNotUtf8IsRefusedAlone() throws BodyException {
        String good = json(event("journey.entered", ENTRY));
        byte[] body = bytes(good.replace("u-1", "?1") + "\n" + good);
        for (int i = 0; i < good.length(); i++) {
            if (body[i] == '?') {
                body[i] = (byte) 0xC0;
            }
        }

        Batch batch = reader().readLines(body);

        assertThat(batch.events()).hasSize(1);
        assertThat(batch.refused()).singleElement().satisfies(refused -> assertThat(refused.index())
                .isZero());
        assertThatThrownBy(() -> reader().readOne(body)).isInstanceOf(BodyException.class);
    }

    @Test
    void anElementThatIsNoObjectIsRefusedAlone() throws BodyException {
        String good = json(event("journey.entered", ENTRY));

        for (String mark : List.of("", "\uFEFF")) {
            Batch batch = reader().readArray(bytes(mark + "[1.5, \"text\", [[2]], null, " + good + "]"));

            assertThat(batch.events()).hasSize(1);
            assertThat(batch.indexes()[0]).isEqualTo(4);
            assertThat(batch.refused())
                    .extracting(refused ->
                            new String(refused.body(), refused.offset(), refused.length(), StandardCharsets.UTF_8))
                    .containsExactly("1.5", "\"text\"", "[[2]]", "null");
        }
    }

    @Test
    void aNameWithHalfASurrogatePairCostsNoNeighbour() throws BodyException {
        String good = json(event("journey.entered", ENTRY + ", 'x': {'\\ud83d\\ude00': '\\ud800', 'a\\\\': 1}"));
        String high = json(event("journey.entered", ENTRY + ", '\\ud83d': 1"));
        String low = json(event("journey.entered", ENTRY + ", 'attributes': {'a\\udE00b' : '\\ud83d:'}"));

        Batch batch = reader().readArray(bytes("[" + high + "," + good + "," + low + "]"));

        assertThat(batch.events()).extracting(EventReaderTest::raw).containsExactly(good);
        assertThat(batch.indexes()[0]).isEqualTo(1);
        assertThat(batch.refused()).extracting(Refused::index).containsExactly(0, 2);
        for (int i = 0; i < 2; i++) {
            Refused refused = batch.refused().get(i);
            assertThat(refused.rejection().reason().code()).isEqualTo("not-json");
            assertThat(refused.rejection().id()).isEqualTo("e-1");
            assertThat(new String(refused.body(), refused.offset(), refused.length(), StandardCharsets.UTF_8))
                    .isEqualTo(i == 0 ? high : low);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nope",
                "[",
                "[{]",
                "[{}] x",
                "{}",
                "7",
                "\"text\"",
                "[{\"a\": 1,}]",
                "[}",
                "[{\"\\ud800\": 1}, ]",
                "[{\"\\ud800\""
            })
    void refusesABodyThatIsNoArray(String body) {
        assertThatThrownBy(() -> reader().readArray(bytes(body)))
                .isInstanceOfSatisfying(
                        BodyException.class, e -> assertThat(e.isTooLarge()).isFalse());
    }

    @Test
    void refusesABodyNestedDeeperThan64Levels() throws BodyException {
        String inside = "[".repeat(62) + "]".repeat(62);
        assertThat(reader().readArray(bytes("[{\"x\": " + inside + "}]")).refused())
                .hasSize(1);

        assertThatThrownBy(() -> reader().readArray(bytes("[{\"x\": [" + inside + "]}]")))
                .isInstanceOf(BodyException.class)
                .hasMessageContaining("64");
    }

    @Test
    void refusesMoreEventsThanABodyMayHave() {
        EventLimits two = new EventLimits(1000, 1000, 2, 10_000, Duration.ofHours(1));

        assertThatThrownBy(() -> new BatchReader(1, two, NOW).readArray(bytes("[{},{},{}]")))
                .isInstanceOfSatisfying(
                        BodyException.class, e -> assertThat(e.isTooLarge()).isTrue());
        assertThatThrownBy(() -> new BatchReader(1, two, NOW).readLines(bytes("{}\n\n{}\n{}")))
                .isInstanceOfSatisfying(
                        BodyException.class, e -> assertThat(e.isTooLarge()).isTrue());
    }

    @Test
    void readsStoredEventsAsTheyWereAccepted() throws Exception {
        String first = json(event("journey.entered", ENTRY));
        String second = json(event("user.acted", "'userId': 'u', 'name': 'x'").replace("2026-03", "2035-03"));

        List<AcceptedEvent> events = StoredEvents.read(bytes(first + "\n" + second + "\n"), 2);

        assertThat(events).extracting(EventReaderTest::raw).containsExactly(first, second);
        assertThat(events.get(0))
                .usingRecursiveComparison()
                .ignoringFields("raw", "rawOffset", "identityHigh", "identityLow", "contentHash")
                .isEqualTo(accepted(event("journey.entered", ENTRY)));
    }

    private static void assertRefused(String event, String reason, String field) throws BodyException {
        Refused refused = refused(event);
        assertThat(refused.rejection().reason().code()).isEqualTo(reason);
        assertThat(refused.rejection().field()).isEqualTo(field);
    }

    private static Refused refused(String event) throws BodyException {
        Batch batch = reader().readArray(bytes("[" + json(event) + "]"));
        assertThat(batch.events()).isEmpty();
        return batch.refused().get(0);
    }

    static AcceptedEvent accepted(String event) {
        try {
            Batch batch = reader().readOne(bytes(json(event)));
            assertThat(batch.refused()).isEmpty();
            return batch.events().get(0);
        } catch (BodyException e) {
            throw new AssertionError(e);
        }
    }

    /** Written with single quotes, for the eye. */
    static String event(String type, String data) {
        return ("{'specversion': '1.0', 'id': 'e-1', 'source': '/engines/prod-1', 'type': '%s',"
                        + " 'time': '2026-03-01T12:00:00.123456789Z', 'datacontenttype': 'application/json', 'data': {%s}}")
                .formatted(type, data);
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private static BatchReader reader() {
        return new BatchReader(1, EventLimits.DEFAULT, NOW);
    }

    private static String raw(AcceptedEvent event) {
        return new String(event.raw, event.rawOffset, event.rawLength, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
