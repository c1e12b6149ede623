package io.milepost.analytics.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.AccountStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Controller("/v1/account")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Account")
final class AccountController {

    private final AccountStore accounts;

    AccountController(AccountStore accounts) {
        this.accounts = accounts;
    }

    @Get
    @Operation(operationId = "getAccount", summary = "Name, zone and subscription")
    @ApiResponse(responseCode = "200", description = "The account.")
    AccountAnswer account() {
        return AccountAnswer.of(accounts.account());
    }

    @Put
    @Operation(
            operationId = "putAccount",
            summary = "Changes name, zone or subscription",
            description =
                    "A field that is left out stays as it is. Another zone moves the days and months of all figures"
                            + " asked for without one.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AccountAnswer.class)))
    @ApiResponse(responseCode = "200", description = "The account as it is now.")
    @ApiResponse(
            responseCode = "400",
            description = "The body is not as expected; the problem names the field.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    AccountAnswer change(@Body JsonNode body) {
        Account account = AccountChange.of(body).appliedTo(accounts.account());
        accounts.save(account);
        return AccountAnswer.of(account);
    }

    @Schema(name = "Account", description = "Whose data it is.")
    record AccountAnswer(
            @Schema(description = "Its name, 1 to 200 characters.", example = "Milepost") String name,
            @Schema(
                            description = "Time zone of its days and months: an id of the IANA database, or UTC.",
                            example = "Europe/Berlin")
                    String zone,
            @Schema(
                            description = "Engaged persons a month that are agreed on; null: nothing agreed.",
                            example = "50000")
                    @Nullable
                    Long subscription) {

        static AccountAnswer of(Account account) {
            return new AccountAnswer(account.name(), account.zone().getId(), account.subscription());
        }
    }
}
