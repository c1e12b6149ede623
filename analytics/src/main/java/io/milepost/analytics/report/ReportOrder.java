package io.milepost.analytics.report;

import static io.milepost.analytics.report.OrderFields.invalid;
import static io.milepost.analytics.report.OrderFields.word;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which download a report is.
 *
 * @param journeyId null where it is of no journey
 * @param mailTo who hears of its end; null = nobody
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Which download a report is: the same that its own path gives with the same parameters.")
record ReportOrder(
        @Schema(description = "Which table or list.", example = "users") What what,
        @Schema(description = "The journey; not for `journeys` and `mep`.", example = "onboarding") @Nullable
                String journeyId,
        @Schema(
                        description = "The query parameters of that path, each a text or a list of them.",
                        example = "{\"measure\": [\"entries\"], \"from\": [\"2026-03-01T00:00:00Z\"]}")
                Map<String, List<String>> parameters,
        @Schema(description = "Kind of the file.", example = "xlsx") Format format,
        @Schema(
                        description =
                                "Address that gets a mail when the report is done or failed; where mail is set up.",
                        example = "anna@example.com")
                @Nullable
                String mailTo) {

    private static final Set<String> FIELDS = Set.of("what", "journeyId", "parameters", "format", "mailTo");

    ReportOrder {
        parameters = Map.copyOf(parameters);
    }

    /** What can be ordered. */
    enum What {
        @JsonProperty("users")
        USERS,
        @JsonProperty("summary")
        SUMMARY,
        @JsonProperty("nodes")
        NODES,
        @JsonProperty("transitions")
        TRANSITIONS,
        @JsonProperty("stages")
        STAGES,
        @JsonProperty("series")
        SERIES,
        @JsonProperty("traffic")
        TRAFFIC,
        @JsonProperty("imports")
        IMPORTS,
        @JsonProperty("journeys")
        JOURNEYS,
        @JsonProperty("mep")
        MEP;

        boolean isOfJourney() {
            return this != JOURNEYS && this != MEP;
        }

        /** Whether its rows name users. */
        boolean namesPeople() {
            return this == USERS || this == MEP;
        }
    }

    enum Format {
        @JsonProperty("csv")
        CSV,
        @JsonProperty("xlsx")
        XLSX
    }

    /**
     * Reads an order. What the parameters may be is for the path to say.
     *
     * @throws ProblemException where it is not as expected
     */
    static ReportOrder of(JsonNode body) {
        if (!body.isObject()) {
            throw invalid(null, "The body must be an object with what, journeyId, parameters, format and mailTo.");
        }
        OrderFields.requireOnly(
                FIELDS, body, "A report has what, journeyId, parameters, format and mailTo, and no other field.");
        What what = word(body.path("what"), "what", What.values());
        return new ReportOrder(
                what,
                journey(body.path("journeyId"), what),
                parameters(body),
                word(body.path("format"), "format", Format.values()),
                mailTo(body.path("mailTo")));
    }

    private static @Nullable String mailTo(JsonNode address) {
        if (address.isMissingNode() || address.isNull()) {
            return null;
        }
        if (!address.isTextual() || !ReportMail.isAddress(address.textValue())) {
            throw invalid("mailTo", "'mailTo' must be one mail address such as anna@example.com.");
        }
        return address.textValue();
    }

    private static @Nullable String journey(JsonNode id, What what) {
        if (what.isOfJourney() && (!id.isTextual() || id.textValue().isEmpty())) {
            throw invalid("journeyId", "'journeyId' must be the id of a journey: '" + word(what) + "' is of one.");
        }
        if (!what.isOfJourney() && !id.isMissingNode() && !id.isNull()) {
            throw invalid("journeyId", "'" + word(what) + "' is of no journey: leave 'journeyId' out.");
        }
        return what.isOfJourney() ? id.textValue() : null;
    }

    private static Map<String, List<String>> parameters(JsonNode body) {
        JsonNode given = body.path("parameters");
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw invalid("parameters", "'parameters' must be an object of query parameters.");
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        given.fields().forEachRemaining(entry -> parameters.put(entry.getKey(), texts(entry.getValue())));
        if (parameters.containsKey("format")) {
            throw invalid("parameters", "'format' stands beside 'parameters', not in them.");
        }
        return parameters;
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isValueNode() || each.isNull()) {
                throw invalid("parameters", "Each of the 'parameters' must be a text, a number or a list of these.");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    /** The same of other parameters; those given stand in for what was said. */
    ReportOrder with(Map<String, List<String>> more) {
        Map<String, List<String>> all = new LinkedHashMap<>(parameters);
        all.putAll(more);
        return new ReportOrder(what, journeyId, all, format, mailTo);
    }

    /** Path and query of the download. */
    String path() {
        return path(word(format));
    }

    /** Path and query that show a part of the same, as JSON, and refuse what the download refuses. */
    String shownPath() {
        return path("json");
    }

    private String path(String as) {
        String path =
                switch (what) {
                    case JOURNEYS -> "/v1/journeys";
                    case MEP -> "/v1/mep/report";
                    default -> "/v1/journeys/" + encoded(String.valueOf(journeyId)) + "/" + word(what);
                };
        StringBuilder query = new StringBuilder(path).append("?format=").append(as);
        parameters.forEach((name, values) -> values.forEach(
                value -> query.append('&').append(encoded(name)).append('=').append(encoded(value))));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
