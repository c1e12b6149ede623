package io.milepost.analytics.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.time.Duration;

@Singleton
@SuppressWarnings("rawtypes")
final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<?>> {

    @Override
    public HttpResponse<?> handle(HttpRequest request, ProblemException exception) {
        MutableHttpResponse<Problem> response = ProblemResponses.of(exception.problem());
        Duration retryAfter = exception.retryAfter();
        return retryAfter == null
                ? response
                : response.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    }
}
