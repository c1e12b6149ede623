package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.api.Questions.Question;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyLists;
import io.milepost.analytics.measure.ListChoice;
import io.milepost.analytics.measure.ListFilter;
import io.milepost.analytics.measure.ListPosition;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.ListRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Controller("/v1/journeys/{journeyId:[^/]+}/users")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Lists")
final class ListsController {

    private static final int DEFAULT_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;

    private final Questions questions;
    private final JourneyLists lists;
    private final JourneyCatalogue catalogue;

    ListsController(Questions questions, JourneyLists lists, JourneyCatalogue catalogue) {
        this.questions = questions;
        this.lists = lists;
        this.catalogue = catalogue;
    }

    @Get
    @QueryParameters.OfLists
    @Operation(
            operationId = "listUsers",
            summary = "What is behind a figure",
            description = "One row for each thing the measure counts: a user, an entry, a visit, a message, an"
                    + " engagement, an outcome, an event. Rows come by time; give `nextCursor` of one page as `cursor` to"
                    + " get the next.")
    @ApiResponse(responseCode = "200", description = "A page of the rows.")
    @Problems
    UsersAnswer users(String journeyId, @Parameter(hidden = true) HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        ListChoice choice = choice(parameters);
        Map<ListFilter, String> filters = filters(parameters, choice);
        int size = (int) parameters.number("size", DEFAULT_SIZE, 1, LARGEST_SIZE);
        Question question = questions.ask(journeyId, request);
        String node = parameters.text("node");
        if (node != null && !catalogue.knowsNode(journeyId, node)) {
            throw Parameters.invalid("node", "must be the id of a node of the journey");
        }
        ListQuery query = new ListQuery(question.query(), choice.list(), node, filters);
        String cursor = request.getParameters().get("cursor");
        ListPosition after = cursor == null ? null : ListCursors.read(cursor, query);
        return UsersAnswer.of(query, lists.page(query, after, size), question.freshness());
    }

    private static ListChoice choice(Parameters parameters) {
        String measure = parameters.requiredText("measure", "the name of a list such as entries or waiting");
        boolean ofNode = parameters.text("node") != null;
        try {
            return ofNode ? ListChoice.ofNode(measure) : ListChoice.ofJourney(measure);
        } catch (IllegalArgumentException e) {
            throw Parameters.invalid(
                    "measure",
                    "must name a list of the " + (ofNode ? "node" : "journey (those of a node need 'node')") + ": "
                            + e.getMessage());
        }
    }

    private static Map<ListFilter, String> filters(Parameters parameters, ListChoice choice) {
        Map<ListFilter, String> filters = new EnumMap<>(ListFilter.class);
        filters.putAll(choice.filters());
        for (ListFilter filter : ListFilter.values()) {
            String value = parameters.text(word(filter));
            if (value != null) {
                requireFilter(filter, choice);
                String said = filters.put(filter, value);
                if (said != null && !said.equals(value)) {
                    throw Parameters.invalid(word(filter), "is not that of the measure: " + said);
                }
            }
        }
        return filters;
    }

    private static void requireFilter(ListFilter filter, ListChoice choice) {
        if (!choice.list().filters().contains(filter)) {
            String allowed = choice.list().filters().stream()
                    .map(ListsController::word)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw Parameters.invalid(
                    word(filter),
                    "does not narrow the list " + choice.list().text() + ", "
                            + (allowed.isEmpty() ? "nothing does" : "only these do: " + allowed));
        }
    }

    private static String word(ListFilter filter) {
        return filter.name().toLowerCase(Locale.ROOT);
    }

    @Schema(name = "Users", description = "A page of what is behind a figure.")
    record UsersAnswer(
            @Schema(description = "The list, by the name of its measure.", example = "engagements") String measure,
            @Schema(description = "The rows in order of time.") List<ListRow> users,
            @Schema(description = "Rows of the whole list: the figure.", example = "120") long total,
            @Schema(
                            description = "Leads to the next page; null: this is the last.",
                            example = "GJhW0RyoAAAAAAABAAAABnVzZXItMQ")
                    @Nullable
                    String nextCursor,
            FreshnessAnswer freshness) {

        static UsersAnswer of(ListQuery query, JourneyLists.Page page, FreshnessAnswer freshness) {
            ListPosition end = page.end();
            return new UsersAnswer(
                    query.list().text(),
                    page.rows(),
                    page.total(),
                    end == null ? null : ListCursors.write(end, query),
                    freshness);
        }
    }
}
