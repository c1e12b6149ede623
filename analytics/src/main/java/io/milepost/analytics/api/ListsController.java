package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.api.Questions.Question;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.export.ListTables;
import io.milepost.analytics.measure.JourneyCatalogue;
import io.milepost.analytics.measure.JourneyLists;
import io.milepost.analytics.measure.ListChoice;
import io.milepost.analytics.measure.ListFilter;
import io.milepost.analytics.measure.ListPosition;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.ListRow;
import io.milepost.analytics.measure.MeasureDescription;
import io.milepost.analytics.measure.MeasureDescription.Level;
import io.milepost.analytics.measure.Measures;
import io.milepost.analytics.measure.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
    private final Downloads downloads;

    ListsController(Questions questions, JourneyLists lists, JourneyCatalogue catalogue, Downloads downloads) {
        this.questions = questions;
        this.lists = lists;
        this.catalogue = catalogue;
        this.downloads = downloads;
    }

    @Get
    @Produces({MediaType.APPLICATION_JSON, Downloads.CSV, Downloads.XLSX})
    @QueryParameters.OfLists
    @Operation(
            operationId = "listUsers",
            summary = "What is behind a figure",
            description = "One row for each thing the measure counts: a user, an entry, a visit, a message, an"
                    + " engagement, an outcome, an event. Rows come by time; give `nextCursor` of one page as `cursor` to"
                    + " get the next. As CSV or XLSX, all rows.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the rows; as a file, all of them.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = UsersAnswer.class)),
                @Content(mediaType = Downloads.CSV, schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Problems
    HttpResponse<?> users(String journeyId, @Parameter(hidden = true) HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        ListChoice choice = choice(parameters);
        Map<ListFilter, String> filters = filters(journeyId, parameters, choice);
        FileFormat format = downloads.asked(request);
        int size = (int) parameters.number("size", DEFAULT_SIZE, 1, LARGEST_SIZE);
        Question question = questions.ask(journeyId, request);
        ListQuery query = new ListQuery(question.query(), choice.list(), part(journeyId, parameters), filters);
        String cursor = request.getParameters().get("cursor");
        ListPosition after = cursor == null ? null : ListCursors.read(cursor, query);
        return format == null
                ? HttpResponse.ok(UsersAnswer.of(query, lists.page(query, after, size), question.freshness()))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                : downloads.send(download(query, question), format);
    }

    private Download<ListRow> download(ListQuery query, Question question) {
        Scope scope = query.query().scope();
        List<Download.Fact> about = new ArrayList<>();
        MeasureDescription measure = Measures.of(query.list());
        about.add(new Download.Fact("List", query.list().text()));
        about.add(new Download.Fact("Measure", measure.title()));
        about.add(new Download.Fact("Definition", measure.definition()));
        about.add(new Download.Fact("Journey", query.query().journeyId()));
        if (query.partId() != null) {
            about.add(new Download.Fact(query.list().level() == Level.STAGE ? "Stage" : "Node", query.partId()));
        }
        query.filters().forEach((filter, value) -> about.add(new Download.Fact("Only " + filter.text(), value)));
        about.addAll(downloads.about(scope, question.freshness()));
        return new Download<>(name(query), scope.zone(), about, ListTables.of(query.list()), () -> {
            JourneyLists.Rows rows = lists.all(query);
            return new Download.Rows<>(rows.size(), rows::from);
        });
    }

    private static String name(ListQuery query) {
        String part = query.partId() == null ? "" : "-" + query.partId();
        return query.query().journeyId() + part + "-" + query.list().text() + "-"
                + Downloads.range(query.query().scope());
    }

    private static ListChoice choice(Parameters parameters) {
        String measure = parameters.requiredText("measure", "the name of a list such as entries or waiting");
        Level level = level(parameters);
        try {
            return switch (level) {
                case JOURNEY -> ListChoice.ofJourney(measure);
                case NODE -> ListChoice.ofNode(measure);
                case STAGE -> ListChoice.ofStage(measure);
            };
        } catch (IllegalArgumentException e) {
            throw Parameters.invalid("measure", "must name a list of the " + called(level) + ": " + e.getMessage());
        }
    }

    private static Level level(Parameters parameters) {
        boolean ofStage = parameters.text("stage") != null;
        if (parameters.text("node") == null) {
            return ofStage ? Level.STAGE : Level.JOURNEY;
        }
        if (ofStage) {
            throw Parameters.invalid("stage", "cannot stand beside 'node': a list is of the one or the other");
        }
        return Level.NODE;
    }

    private static String called(Level level) {
        return switch (level) {
            case JOURNEY -> "journey (those of a node need 'node', of a stage 'stage')";
            case NODE -> "node";
            case STAGE -> "stage";
        };
    }

    /** The node or stage asked for; null = the journey. */
    private @Nullable String part(String journeyId, Parameters parameters) {
        String node = parameters.text("node");
        if (node != null && !catalogue.knowsNode(journeyId, node)) {
            throw Parameters.invalid("node", "must be the id of a node of the journey");
        }
        String stage = parameters.text("stage");
        if (stage != null && !catalogue.knowsStage(journeyId, stage)) {
            throw Parameters.invalid("stage", "must be the id of a stage of the journey");
        }
        return node == null ? stage : node;
    }

    private Map<ListFilter, String> filters(String journeyId, Parameters parameters, ListChoice choice) {
        Map<ListFilter, String> filters = new EnumMap<>(ListFilter.class);
        filters.putAll(choice.filters());
        for (ListFilter filter : ListFilter.values()) {
            String value = value(filter, parameters);
            if (value != null) {
                requireFilter(filter, choice);
                String said = filters.put(filter, value);
                if (said != null && !said.equals(value)) {
                    throw Parameters.invalid(filter.text(), "is not that of the measure: " + said);
                }
            }
        }
        requireNode(filters.getOrDefault(ListFilter.FROM_NODE, ""), journeyId);
        return filters;
    }

    private static @Nullable String value(ListFilter filter, Parameters parameters) {
        return filter.absent().isEmpty() ? parameters.textOrNothing(filter.text()) : parameters.text(filter.text());
    }

    private void requireNode(String from, String journeyId) {
        if (!from.isEmpty() && !catalogue.knowsNode(journeyId, from)) {
            throw Parameters.invalid(
                    ListFilter.FROM_NODE.text(), "must be the id of a node of the journey, or empty: the start");
        }
    }

    private static void requireFilter(ListFilter filter, ListChoice choice) {
        if (!choice.list().filters().contains(filter)) {
            String allowed = choice.list().filters().stream()
                    .map(ListFilter::text)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw Parameters.invalid(
                    filter.text(),
                    "does not narrow the list " + choice.list().text() + ", "
                            + (allowed.isEmpty() ? "nothing does" : "only these do: " + allowed));
        }
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
