package io.milepost.analytics.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Locale;

/**
 * Puts what the HTTP server itself refuses (no such route, wrong method, unreadable body …) into the same form. Its own
 * messages are left out: they repeat the request and name classes.
 */
@Primary
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        return response.contentType(MediaType.of(Problem.MEDIA_TYPE)).body(problem(context, response));
    }

    private static Problem problem(ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = response.status();
        return switch (status) {
            case NOT_FOUND -> Problem.notFound("There is nothing at this path.");
            case METHOD_NOT_ALLOWED ->
                Problem.of(
                        status,
                        "method-not-allowed",
                        "Method not allowed",
                        "This path answers to " + allowed(response) + ", not to "
                                + context.getRequest().getMethodName() + ".");
            case NOT_ACCEPTABLE ->
                Problem.of(
                        status,
                        "not-acceptable",
                        "Not acceptable",
                        "None of the media types in the Accept header can be served here.");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(
                        status,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "The Content-Type of the body is not one this path reads.");
            case REQUEST_ENTITY_TOO_LARGE ->
                Problem.of(status, "too-large", "Too large", "The request is larger than this service takes.");
            case BAD_REQUEST -> badRequest(context);
            default -> Problem.of(status, slug(status), status.getReason(), status.getReason() + ".");
        };
    }

    private static Problem badRequest(ErrorContext context) {
        return context.getErrors().stream()
                .flatMap(error -> error.getPath().stream())
                .findFirst()
                .map(path -> unreadable(path.substring(path.lastIndexOf('/') + 1)))
                .orElseGet(() -> Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "malformed-request",
                        "Malformed request",
                        "The request, or its body, cannot be read."));
    }

    private static Problem unreadable(String argument) {
        return argument.equals("body")
                ? Problem.invalidBody(null, "The body is missing, or cannot be read.")
                : Problem.invalidParameter(argument, "'" + argument + "' is missing, or cannot be read.");
    }

    private static String allowed(MutableHttpResponse<?> response) {
        Collection<String> methods = response.getHeaders().getAll(HttpHeaders.ALLOW);
        return methods.isEmpty() ? "other methods" : String.join(", ", methods);
    }

    private static String slug(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
