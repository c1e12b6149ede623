package io.milepost.analytics.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client reads when its request is refused or fails: RFC 9457 problem details. Tells nothing of the inside of the
 * service, and repeats no value of the request but those the message is about.
 *
 * @param type a name for this kind of problem that does not change
 * @param title the same for all problems of the type
 * @param status equal to that of the response
 * @param detail what is wrong here, and what was expected
 * @param parameter the query or path parameter at fault
 * @param field the field of the body at fault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Problem details as of RFC 9457; served as `application/problem+json`.")
public record Problem(
        @Schema(
                        description = "A name for this kind of problem that does not change.",
                        example = "urn:milepost:problem:invalid-parameter")
                String type,
        @Schema(description = "The same for all problems of the type.", example = "Invalid parameter") String title,
        @Schema(description = "The status of the response.", example = "400") int status,
        @Schema(
                        description = "What is wrong here, and what was expected.",
                        example = "'from' must be an instant such as 2026-03-01T00:00:00Z")
                @Nullable
                String detail,
        @Schema(description = "The query or path parameter at fault, if it is one.", example = "from") @Nullable
                String parameter,
        @Schema(description = "The field of the body at fault, if it is one.", example = "zone") @Nullable
                String field) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:milepost:problem:";

    /**
     * A problem that is about the request, or the service, as a whole.
     *
     * @param slug lower-case words with hyphens: the name of this kind of problem
     */
    public static Problem of(HttpStatus status, String slug, String title, String detail) {
        return new Problem(TYPE_PREFIX + slug, title, status.getCode(), detail, null, null);
    }

    /** 400: a query or path parameter is not what was expected. */
    public static Problem invalidParameter(String parameter, String detail) {
        return new Problem(
                TYPE_PREFIX + "invalid-parameter",
                "Invalid parameter",
                HttpStatus.BAD_REQUEST.getCode(),
                detail,
                parameter,
                null);
    }

    /**
     * 400: a part of the body is not what was expected.
     *
     * @param field null = the body as a whole
     */
    public static Problem invalidBody(@Nullable String field, String detail) {
        return new Problem(
                TYPE_PREFIX + "invalid-body", "Invalid body", HttpStatus.BAD_REQUEST.getCode(), detail, null, field);
    }

    /** 404: what the path speaks of does not exist. */
    public static Problem notFound(String detail) {
        return of(HttpStatus.NOT_FOUND, "not-found", "Not found", detail);
    }

    /** 503: not now, the same request may be sent again later. */
    public static Problem unavailable(String slug, String title, String detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, slug, title, detail);
    }
}
