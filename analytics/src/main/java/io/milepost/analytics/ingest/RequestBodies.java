package io.milepost.analytics.ingest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableAvailableByteBody;
import java.util.concurrent.CompletionStage;

/** Bodies as they came over the wire, still compressed if they were. */
final class RequestBodies {

    private RequestBodies() {}

    /** To be closed by who gets it. */
    static CompletionStage<? extends CloseableAvailableByteBody> read(HttpRequest<?> request) {
        return ((ServerHttpRequest<?>) request).byteBody().buffer();
    }

    static byte[] copy(CloseableAvailableByteBody body) {
        try (body) {
            return body.toByteArray();
        }
    }
}
