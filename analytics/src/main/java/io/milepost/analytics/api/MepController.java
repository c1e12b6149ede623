package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.ExportTable;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.measure.EngagedPersons;
import io.milepost.analytics.measure.EngagedPersons.Person;
import io.milepost.analytics.measure.EngagedPersons.Report;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.AccountStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

@Controller("/v1/mep")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Monthly engaged persons")
final class MepController {

    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final int DEFAULT_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;
    private static final int LAST_PAGE = 1_000_000;

    private static final ExportTable<Person> TABLE = new ExportTable<Person>()
            .with("personId", Person::personId)
            .with("engagedAt", Person::engagedAt)
            .with("billedAt", Person::billedAt)
            .with("campaignId", Person::campaignId)
            .with("campaignName", Person::campaignName);

    private final EngagedPersons engaged;
    private final AccountStore accounts;
    private final FreshFigures fresh;
    private final Downloads downloads;
    private final Clock clock;

    MepController(EngagedPersons engaged, AccountStore accounts, FreshFigures fresh, Downloads downloads, Clock clock) {
        this.engaged = engaged;
        this.accounts = accounts;
        this.fresh = fresh;
        this.downloads = downloads;
        this.clock = clock;
    }

    @Get
    @QueryParameters.OfMonth
    @Operation(
            operationId = "getMep",
            summary = "Monthly engaged persons",
            description = "Distinct users with at least one entry, no test, that started in the calendar month of the"
                    + " account's zone; each once, however many entries, journeys, channels or messages.")
    @ApiResponse(responseCode = "200", description = "The month's persons.")
    @Problems
    MepAnswer month(@Parameter(hidden = true) HttpRequest<?> request) {
        Account account = accounts.account();
        YearMonth month = month(request, account);
        FreshnessAnswer freshness = fresh.await(request);
        EngagedPersons.Month figures = engaged.month(month, account.zone());
        return new MepAnswer(
                month.toString(),
                account.zone().getId(),
                figures.persons(),
                account.subscription(),
                figures.byJourney(),
                freshness);
    }

    @Get("/report")
    @Produces({MediaType.APPLICATION_JSON, Downloads.CSV, Downloads.XLSX})
    @QueryParameters.OfMonthReport
    @Operation(
            operationId = "getMepReport",
            summary = "The engaged persons of a month, one row each",
            description = "By the first entry in the month, by its start. As CSV or XLSX, all persons.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of the persons; as a file, all of them.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = MepReportAnswer.class)),
                @Content(mediaType = Downloads.CSV, schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Problems
    HttpResponse<?> report(@Parameter(hidden = true) HttpRequest<?> request) {
        Account account = accounts.account();
        YearMonth month = month(request, account);
        FileFormat format = downloads.asked(request);
        Parameters parameters = new Parameters(request);
        int page = (int) parameters.number("page", 0, 0, LAST_PAGE);
        int size = (int) parameters.number("size", DEFAULT_SIZE, 1, LARGEST_SIZE);
        FreshnessAnswer freshness = fresh.await(request);
        return format == null
                ? HttpResponse.ok(MepReportAnswer.of(
                                month, account, engaged.report(month, account.zone()), page, size, freshness))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                : downloads.send(download(month, account, freshness), format);
    }

    private Download<Person> download(YearMonth month, Account account, FreshnessAnswer freshness) {
        List<Download.Fact> about = new ArrayList<>();
        about.add(new Download.Fact("Report", "Monthly engaged persons"));
        about.add(new Download.Fact(
                "Definition",
                "Distinct users with at least one entry, no test, that started in the calendar month; one row each, by"
                        + " the first of these entries."));
        about.add(new Download.Fact("Account", account.name()));
        about.add(new Download.Fact("Month", month.toString()));
        about.addAll(downloads.about(account.zone(), freshness));
        return new Download<>("engaged-persons-" + month, account.zone(), about, TABLE, () -> {
            Report report = engaged.report(month, account.zone());
            return new Download.Rows<>(report.size(), report::from);
        });
    }

    private YearMonth month(HttpRequest<?> request, Account account) {
        String month = new Parameters(request).text("month");
        if (month == null) {
            return YearMonth.from(clock.instant().atZone(account.zone()));
        }
        try {
            if (MONTH.matcher(month).matches()) {
                return YearMonth.parse(month);
            }
        } catch (DateTimeException e) {
            // The same answer as for what does not look like a month.
        }
        throw Parameters.invalid("month", "must be a month such as 2026-03");
    }

    @Schema(name = "Mep", description = "The engaged persons of a month.")
    record MepAnswer(
            @Schema(description = "The month.", example = "2026-03") String month,
            @Schema(description = "The account's time zone, whose month it is.", example = "Europe/Berlin") String zone,
            @Schema(description = "Distinct engaged persons.", example = "48213") long persons,
            @Schema(
                            description = "Engaged persons a month that are agreed on; null: nothing agreed.",
                            example = "50000")
                    @Nullable
                    Long subscription,
            @Schema(
                            description =
                                    "The ten journeys that engaged most persons; a person counts in each, so these"
                                            + " may add up to more.")
                    List<EngagedPersons.OfJourney> byJourney,
            FreshnessAnswer freshness) {}

    @Schema(name = "MepReport", description = "A page of the engaged persons of a month.")
    record MepReportAnswer(
            @Schema(description = "The month.", example = "2026-03") String month,
            @Schema(description = "The account's time zone, whose month it is.", example = "Europe/Berlin") String zone,
            @Schema(description = "The persons of this page, by the time of engagement.") List<Person> persons,
            @Schema(description = "Number of this page, from 0.", example = "0") int page,
            @Schema(description = "Persons a page.", example = "100") int size,
            @Schema(description = "Persons on all pages.", example = "48213") long total,
            FreshnessAnswer freshness) {

        static MepReportAnswer of(
                YearMonth month, Account account, Report report, int page, int size, FreshnessAnswer freshness) {
            List<Person> persons = new ArrayList<>();
            long first = (long) page * size;
            if (first < report.size()) {
                Iterator<Person> rest = report.from((int) first);
                while (rest.hasNext() && persons.size() < size) {
                    persons.add(rest.next());
                }
            }
            return new MepReportAnswer(
                    month.toString(), account.zone().getId(), persons, page, size, report.size(), freshness);
        }
    }
}
