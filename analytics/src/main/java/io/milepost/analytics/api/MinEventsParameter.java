package io.milepost.analytics.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameter by which a client reads what it has just written. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Parameter(
        name = "minEvents",
        in = ParameterIn.QUERY,
        description = "Waits up to 5 seconds until so many accepted events are part of the answer: take it from"
                + " `acceptedEvents` of your last delivery. Past that, 503 with `Retry-After`.",
        schema = @Schema(type = "integer", format = "int64", minimum = "0"))
@interface MinEventsParameter {}
