package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the fields of what people order; whatever is not as expected is a 400 that names the field. */
final class OrderFields {

    private OrderFields() {}

    /** @param shape what to say of a field that is not one of these */
    static void requireOnly(Set<String> fields, JsonNode body, String shape) {
        body.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw invalid(field, shape);
            }
        });
    }

    static <E extends Enum<E>> E word(JsonNode said, String field, E[] words) {
        for (E word : words) {
            if (said.isTextual() && said.textValue().equals(word(word))) {
                return word;
            }
        }
        throw invalid(
                field,
                "'" + field + "' must be "
                        + Arrays.stream(words).map(OrderFields::word).collect(Collectors.joining(" or ")) + ".");
    }

    /** As people write it. */
    static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** @param field null = the body as a whole */
    static ProblemException invalid(@Nullable String field, String detail) {
        return new ProblemException(Problem.invalidBody(field, detail));
    }
}
