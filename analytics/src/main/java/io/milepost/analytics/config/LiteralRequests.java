package io.milepost.analytics.config;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads two things as they are meant, which the router does not: a plus sign in a path is a plus sign, so that an id such
 * as {@code anna+news@example.com} finds its user, and {@code Accept: application/*} takes JSON.
 */
@ServerFilter("/**")
final class LiteralRequests {

    private static final String ANY_APPLICATION_TYPE = "application/*";

    /** The request to go on with; null = as it is. */
    @PreMatching
    @RequestFilter
    @Nullable
    HttpRequest<?> literal(HttpRequest<?> request) {
        URI uri = request.getUri();
        boolean plus = uri.getRawPath() != null && uri.getRawPath().indexOf('+') >= 0;
        boolean anyApplicationType = request.getHeaders().getAll(HttpHeaders.ACCEPT).stream()
                .anyMatch(accept -> accept.contains(ANY_APPLICATION_TYPE));
        if (!plus && !anyApplicationType) {
            return null;
        }
        MutableHttpRequest<?> literal = request.toMutableRequest();
        if (plus) {
            literal.uri(withPlusEscaped(uri));
        }
        return anyApplicationType ? literal.accept(MediaType.ALL_TYPE) : literal;
    }

    private static URI withPlusEscaped(URI uri) {
        String path = uri.getRawPath().replace("+", "%2B");
        return URI.create(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }
}
