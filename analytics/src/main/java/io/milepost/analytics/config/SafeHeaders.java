package io.milepost.analytics.config;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Tells browsers to load nothing from elsewhere, to guess no types, and to keep no figures. */
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SafeHeaders {

    private static final String PAGES = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";
    private static final String DATA = "default-src 'none'; frame-ancestors 'none'; sandbox";

    @ResponseFilter
    void protect(HttpRequest<?> request, MutableHttpResponse<?> response) {
        boolean data = request.getPath().startsWith("/v1/");
        response.header("Content-Security-Policy", data ? DATA : PAGES)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        if (data) {
            response.header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
