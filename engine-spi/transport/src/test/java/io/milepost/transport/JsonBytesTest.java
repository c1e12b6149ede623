package io.milepost.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against Jackson, which everybody reads. */
class JsonBytesTest {
    private static final JsonFactory JACKSON = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    @Test
    void writesAnyTextAndNumberAsJacksonDoes() throws IOException {
        long seed = 29;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            long whole = random.nextLong() >> random.nextInt(64);
            BigDecimal exact = BigDecimal.valueOf(random.nextLong(), random.nextInt(-5, 20));
            JsonBytes ours = new JsonBytes(1 + random.nextInt(40));
            ours.startObject();
            ours.name(JsonBytes.field("a"));
            ours.text(text);
            ours.name(text);
            ours.startArray();
            ours.number(whole);
            ours.number(exact);
            ours.truth(whole > 0);
            ours.endArray();
            ours.endObject();
            assertThat(new String(ours.copy(), StandardCharsets.UTF_8))
                    .as("seed " + seed)
                    .isEqualTo(jackson(text, whole, exact));
        }
    }

    @Test
    void writesNumbersAtTheEdgesOfTheirLength() {
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            for (long number = power - 1; number <= power + 1; number++) {
                JsonBytes json = new JsonBytes(1);
                json.number(number);
                assertThat(new String(json.copy(), StandardCharsets.US_ASCII)).isEqualTo(Long.toString(number));
            }
        }
        JsonBytes longest = new JsonBytes(1);
        longest.number(Long.MAX_VALUE);
        assertThat(new String(longest.copy(), StandardCharsets.US_ASCII)).isEqualTo("9223372036854775807");
    }

    @Test
    void refusesALoneSurrogate() {
        assertThatThrownBy(() -> new JsonBytes(8).text("a" + (char) 0xd800)).hasMessage("a lone surrogate at 1");
        assertThatThrownBy(() -> new JsonBytes(8).text("" + (char) 0xdc00 + "b"))
                .hasMessage("a lone surrogate at 0");
    }

    @Test
    void forgetsWhatWasBegunAndGoesOnWithTheNextLine() {
        JsonBytes json = new JsonBytes(4);
        json.startObject();
        json.endObject();
        json.endLine();
        int before = json.size();
        json.startObject();
        json.name("unfinished");
        json.resize(before);
        json.startArray();
        json.endArray();
        json.endLine();
        assertThat(new String(json.copy(), StandardCharsets.UTF_8)).isEqualTo("{}\n[]\n");
    }

    /** Of ASCII, control characters, and characters of two, three and four bytes. */
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int[] ends = {0x20, 0x80, 0x100, 0xd800, 0x110000};
        for (int length = random.nextInt(30); length > 0; length--) {
            int codePoint = random.nextInt(ends[random.nextInt(ends.length)]);
            text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? 'x' : codePoint);
        }
        return text.toString();
    }

    private static String jackson(String text, long whole, BigDecimal exact) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JACKSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("a", text);
            json.writeArrayFieldStart(text);
            json.writeNumber(whole);
            json.writeNumber(exact);
            json.writeBoolean(whole > 0);
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
