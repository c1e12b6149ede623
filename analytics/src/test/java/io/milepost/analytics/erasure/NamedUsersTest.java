package io.milepost.analytics.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NamedUsersTest {

    @Test
    void areFoundInBodiesThatAreNoJson() {
        assertThat(users("{\"data\": {\"userId\": \"a\\u006ena\", x")).containsExactly("anna");
        assertThat(users("{\"userId\":17}, {\"userId\" : \"say \\\"hi\\\"\"}"))
                .containsExactlyInAnyOrder("17", "say \"hi\"");
        assertThat(users("{\"user\": \"anna\"}")).isEmpty();
    }

    @Test
    void costNoStackHoweverLongAStringIs() {
        assertThat(users("{\"userId\": \"" + "x".repeat(1_000_000) + "\"}")).hasSize(1);
        assertThat(users("{\"userId\": \"" + "\\n".repeat(500_000) + "\"}")).isEmpty();
    }

    @Test
    void areRecognisedAsStringsOfAnyFieldAndAsNumbersOfTheirOwn() {
        assertThat(names("17", "{\"userId\": 17}")).isTrue();
        assertThat(names("17", "{\"customer\": \"17\"}")).isTrue();
        assertThat(names("anna", "{\"customer\": \"\\u0061nna\"")).isTrue();
        assertThat(names("17", "{\"userId\": 175, \"amount\": 17}")).isFalse();
        assertThat(names("anna", "{\"userId\": \"joanna\", \"text\": \"of anna\"}"))
                .isFalse();
    }

    private static Set<String> users(String body) {
        byte[] bytes = ("  " + body + "  ").getBytes(StandardCharsets.UTF_8);
        return NamedUsers.in(bytes, 2, bytes.length - 4);
    }

    private static boolean names(String userId, String body) {
        return NamedUsers.names(userId).test(body.getBytes(StandardCharsets.UTF_8));
    }
}
