package io.milepost.analytics.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.audit.Audit;
import io.milepost.analytics.audit.AuditReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/v1/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Audit")
final class AuditController {

    private final FreshFigures fresh;
    private final Audit audit;

    AuditController(FreshFigures fresh, Audit audit) {
        this.fresh = fresh;
        this.audit = audit;
    }

    @Get
    @QueryParameters.Fresh
    @Operation(
            operationId = "getAudit",
            summary = "Whether every law holds",
            description = "Looks now: at all cells the figures are read from, and at some users computed anew from the"
                    + " journal, each time others.")
    @ApiResponse(
            responseCode = "200",
            description = "Each law, how often it was looked at, and where it does not hold.")
    @Problems
    AuditReport audit(@Parameter(hidden = true) HttpRequest<?> request) {
        fresh.await(request);
        return audit.run();
    }
}
