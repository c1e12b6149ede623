package io.milepost.analytics.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters that every figure takes: what is declared here is documented, and all else is refused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
        name = "from",
        in = ParameterIn.QUERY,
        description =
                "Begin of the range, included: RFC 3339 with `Z` or an offset. Without it, from the first data on.",
        example = "2026-03-01T00:00:00Z",
        schema = @Schema(type = "string", format = "date-time"))
@Parameter(
        name = "to",
        in = ParameterIn.QUERY,
        description = "End of the range, excluded. Without it, up to the last data.",
        example = "2026-04-01T00:00:00Z",
        schema = @Schema(type = "string", format = "date-time"))
@Parameter(
        name = "version",
        in = ParameterIn.QUERY,
        description = "Only entries of this version; may be repeated.",
        array = @ArraySchema(schema = @Schema(type = "integer", format = "int64", minimum = "1")))
@Parameter(
        name = "variant",
        in = ParameterIn.QUERY,
        description = "Only entries of this experiment arm; may be repeated. `none` means entries without one.",
        array = @ArraySchema(schema = @Schema(type = "string")))
@Parameter(
        name = "basis",
        in = ParameterIn.QUERY,
        description =
                "What the range cuts out: `cohort`, the entries that started in it with all that belongs to them, or"
                        + " `activity`, what happened in it.",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"cohort", "activity"},
                        defaultValue = "cohort"))
@Parameter(
        name = "include",
        in = ParameterIn.QUERY,
        description = "`test` counts test entries too.",
        schema = @Schema(type = "string", allowableValues = "test"))
@Parameter(
        name = "zone",
        in = ParameterIn.QUERY,
        description = "Time zone of the calendar: an id of the IANA database, or UTC. Without it, the account's.",
        example = "Europe/Berlin",
        schema = @Schema(type = "string"))
@Parameter(
        name = "asOf",
        in = ParameterIn.QUERY,
        description = "Instant at which `openEntries` are open. Without it, now.",
        schema = @Schema(type = "string", format = "date-time"))
@MinEventsParameter
@interface ScopeParameters {}
