package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.server.types.files.SystemFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.milepost.analytics.report.Report.State;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;

@Controller("/v1/reports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Reports")
final class ReportsController {

    private static final String EXAMPLE = "3f2b8c1e-9d4a-4c5e-8a7b-0c1d2e3f4a5b";
    private static final String CSV = "text/csv";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final ReportJobs jobs;

    ReportsController(ReportJobs jobs) {
        this.jobs = jobs;
    }

    @Post
    @Operation(
            operationId = "orderReport",
            summary = "Orders a report",
            description =
                    "The file that the download of that table or list gives, written while nobody waits: ask for the"
                            + " report until it is done, then fetch its file. A report goes on after a restart, and is deleted"
                            + " some days after it was ordered.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReportOrder.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It is being written; `Location` is where to ask for it.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Report.class)))
    @ApiResponse(
            responseCode = "400",
            description = "A field of the body, or one of its parameters, is not as expected; the problem names it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such journey.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "429",
            description = "As many reports are being written as may be; `Retry-After` says when to order again.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<Report> order(@Body JsonNode body) {
        Report report = jobs.order(ReportOrder.of(body));
        return HttpResponse.<Report>accepted(URI.create("/v1/reports/" + report.id()))
                .body(report);
    }

    @Get
    @Operation(operationId = "listReports", summary = "All reports, newest first")
    @ApiResponse(responseCode = "200", description = "The reports.")
    ReportsAnswer list() {
        return new ReportsAnswer(jobs.all());
    }

    @Get("/{id}")
    @Operation(operationId = "getReport", summary = "How far a report is")
    @ApiResponse(responseCode = "200", description = "The report.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such report, or no more.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    Report one(@Parameter(description = "The report's id.", example = EXAMPLE) String id) {
        return find(id);
    }

    @Get("/{id}/file")
    @Produces({CSV, XLSX})
    @Operation(operationId = "getReportFile", summary = "The file of a report that is done")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(
            responseCode = "404",
            description = "There is no such report, or no more.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The report is not done, or failed.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<SystemFile> file(@Parameter(description = "The report's id.", example = EXAMPLE) String id) {
        Report report = find(id);
        if (report.state() != State.DONE) {
            throw new ProblemException(Problem.of(
                    HttpStatus.CONFLICT,
                    "not-done",
                    "Not done",
                    report.state() == State.FAILED
                            ? "The report failed, there is no file."
                            : "The report is still being written."));
        }
        MediaType type = MediaType.of(report.order().format() == ReportOrder.Format.CSV ? CSV : XLSX);
        return HttpResponse.ok(new SystemFile(jobs.file(report).toFile(), type).attach(report.fileName()))
                .contentType(type);
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteReport", summary = "Deletes a report, and stops it where it is being written")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such report.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    void delete(@Parameter(description = "The report's id.", example = EXAMPLE) String id) {
        find(id);
        jobs.delete(id);
    }

    private Report find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no report with this id.")));
    }

    @Schema(name = "Reports", description = "All reports.")
    record ReportsAnswer(@Schema(description = "The reports, newest first.") List<Report> reports) {}
}
