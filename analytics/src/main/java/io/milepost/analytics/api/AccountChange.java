package io.milepost.analytics.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.store.Account;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body that changes an account: what it leaves out stays, null takes the subscription away. */
record AccountChange(JsonNode body) {

    private static final Set<String> FIELDS = Set.of("name", "zone", "subscription");

    /**
     * Checks which fields there are.
     *
     * @throws ProblemException where it is no object, or has a field that an account has not
     */
    static AccountChange of(JsonNode body) {
        if (!body.isObject()) {
            throw invalid(null, "The body must be an object with name, zone and subscription.");
        }
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw invalid(field, "An account has name, zone and subscription, and no other field.");
            }
        });
        return new AccountChange(body);
    }

    /**
     * The account with this change.
     *
     * @throws ProblemException where a value is not as expected
     */
    Account appliedTo(Account account) {
        return new Account(
                body.has("name") ? name(body.get("name")) : account.name(),
                body.has("zone") ? zone(body.get("zone")) : account.zone(),
                body.has("subscription") ? subscription(body.get("subscription")) : account.subscription());
    }

    private static String name(JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank() || !Identifiers.canBe(value.textValue())) {
            throw invalid("name", "'name' must be a text of 1 to 200 characters, no control characters among them.");
        }
        return value.textValue();
    }

    private static ZoneId zone(JsonNode value) {
        ZoneId zone = value.isTextual() ? Zones.ofId(value.textValue()) : null;
        if (zone == null) {
            throw invalid("zone", "'zone' must be " + Zones.EXPECTED + ".");
        }
        return zone;
    }

    private static @Nullable Long subscription(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw invalid("subscription", "'subscription' must be a whole number of persons, 0 or more, or null.");
        }
        return value.longValue();
    }

    private static ProblemException invalid(@Nullable String field, String detail) {
        return new ProblemException(Problem.invalidBody(field, detail));
    }
}
