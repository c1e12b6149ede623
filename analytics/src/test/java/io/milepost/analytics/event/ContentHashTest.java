package io.milepost.analytics.event;

import static io.milepost.analytics.event.EventReaderTest.accepted;
import static io.milepost.analytics.event.EventReaderTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContentHashTest {

    @Test
    void numbersAreEqualByValue() {
        assertEqual("1", "1.0", "1e0", "10e-1", "0.1E+1", "1.000000000000000000000000000000");
        assertEqual("0", "-0", "0.0", "0e999999999999999999999999");
        assertEqual("1500", "1.5e3", "1500.00", "0.15e4");
        assertEqual("12345678901234567890123", "1.2345678901234567890123e22", "12345678901234567890123.0");
        assertEqual("1e99999999999999999999", "1E+0099999999999999999999");
        assertEqual("1000000000000000000", "1e18");
        assertEqual("-9223372036854775808", "-9223372036854775808.0");
        assertDifferent("1", "-1", "10", "0.1", "11", "1e2", "\"1\"", "true", "[1]", "{}", "[]", "\"\"", "0");
        assertDifferent("12345678901234567890123", "-12345678901234567890123", "12345678901234567890124");
    }

    @Test
    void objectsAreEqualInAnyOrderAndWithoutTheirNulls() {
        assertEqual("{'a': 1, 'b': [2, {'c': 3}]}", "{'b': [2.0, {'d': null, 'c': 3}], 'z': null, 'a': 1}");
        assertDifferent("{'a': 1, 'b': 2}", "{'a': 2, 'b': 1}", "{'a': {'b': 2}}", "{'a': [1, 2]}", "{'ab': 12}");
    }

    @Test
    void listsAreEqualInTheSameOrderOnly() {
        assertEqual("[1, null, 'x']", "[ 1.0 , null,'x' ]");
        assertDifferent("[1, 2]", "[2, 1]", "[[1, 2]]", "[[1], 2]", "[1, 2, null]", "[]", "[null]");
    }

    @Test
    void stringsAreEqualWhateverTheirEscapes() {
        assertEqual("'a/\\u00e9\\n'", "'\\u0061\\/é\\u000a'");
        assertDifferent("'Aa'", "'BB'", "'aA'");
    }

    @Test
    void contentIsTypeInstantAndData() {
        String acted = event("user.acted", "'userId': 'u', 'name': 'x'");
        int hash = accepted(acted).contentHash;

        assertThat(accepted(acted.replace("12:00:00.123456789Z", "13:00:00.123456789+01:00")).contentHash)
                .isEqualTo(hash);
        assertThat(accepted(acted.replace("'data'", "'extension': 5, 'data'")).contentHash)
                .isEqualTo(hash);
        assertThat(accepted(acted.replace(".123456789Z", ".123456788Z")).contentHash)
                .isNotEqualTo(hash);
        assertThat(accepted(acted.replace("'x'", "'y'")).contentHash).isNotEqualTo(hash);
        assertThat(accepted(event("user.profiled", "'userId': 'u', 'name': 'x', 'attributes': {}")).contentHash)
                .isNotEqualTo(
                        accepted(event("user.acted", "'userId': 'u', 'name': 'x', 'attributes': {}")).contentHash);
    }

    @Test
    void dataBeforeItsTypeIsTheSameContent() {
        String acted = event("user.acted", "'userId': 'u', 'name': 'x', 'any': {'a': [1]}");
        String turned =
                "{'data': {'userId': 'u', 'any': {'a': [1]}, 'name': 'x'}, 'type': 'user.acted', 'specversion': '1.0',"
                        + " 'id': 'e-1', 'source': '/engines/prod-1', 'time': '2026-03-01T12:00:00.123456789Z'}";

        AcceptedEvent one = accepted(acted);
        AcceptedEvent other = accepted(turned);

        assertThat(other.contentHash).isEqualTo(one.contentHash);
        assertThat(other.identityHigh).isEqualTo(one.identityHigh);
        assertThat(other.identityLow).isEqualTo(one.identityLow);
    }

    @Test
    void identityTellsSourceFromId() {
        String acted = event("user.acted", "'userId': 'u', 'name': 'x'");
        Set<List<Long>> identities = new HashSet<>();
        for (String[] pair : new String[][] {{"/a", "bc"}, {"/ab", "c"}, {"/abc", "/"}, {"/", "abc"}, {"/", "abd"}}) {
            AcceptedEvent event =
                    accepted(acted.replace("/engines/prod-1", pair[0]).replace("e-1", pair[1]));
            identities.add(List.of(event.identityHigh, event.identityLow));
        }
        assertThat(identities).hasSize(5);
    }

    /** Stored hashes must be found again by every later version. */
    @Test
    void hashesStayAsTheyAreStored() {
        AcceptedEvent event = accepted(event("user.acted", "'userId': 'u', 'name': 'x', 'value': {'amount': 1.50}"));

        assertThat(event.contentHash).isEqualTo(597433225);
        assertThat(event.identityHigh).isEqualTo(-5427810635649944777L);
        assertThat(event.identityLow).isEqualTo(-3538884354364012582L);
    }

    private static void assertEqual(String... values) {
        assertThat(hashes(values)).as("%s", List.of(values)).hasSize(1);
    }

    private static void assertDifferent(String... values) {
        assertThat(hashes(values)).as("%s", List.of(values)).hasSize(values.length);
    }

    /** Of events that differ in the value of a field nobody knows, as do those of a field that is read. */
    private static Set<Integer> hashes(String... values) {
        Set<Integer> hashes = new HashSet<>();
        for (String value : values) {
            hashes.add(accepted(event("user.acted", "'userId': 'u', 'name': 'x', 'unknown': " + value)).contentHash);
        }
        return hashes;
    }
}
