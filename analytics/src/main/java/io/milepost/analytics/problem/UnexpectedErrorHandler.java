package io.milepost.analytics.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last resort: the cause goes to the log with the route, never with what was sent; the client learns neither. */
@Singleton
@SuppressWarnings("rawtypes")
final class UnexpectedErrorHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedErrorHandler.class);

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable cause) {
        LOG.error("{} failed unexpectedly", route(request), cause);
        return ProblemResponses.of(Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "unexpected",
                "Unexpected error",
                "The service failed on this request; its log says why. Nothing acknowledged is lost."));
    }

    private static String route(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request).map(RouteInfo::toString).orElse("(no route)");
    }
}
