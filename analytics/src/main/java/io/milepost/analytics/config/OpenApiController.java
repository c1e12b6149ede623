package io.milepost.analytics.config;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the description of the interface, as the build drew it from the code. */
@Hidden
@Controller("/openapi.yml")
final class OpenApiController {

    private static final String RESOURCE = "classpath:META-INF/swagger/openapi.yml";

    private final byte[] description;

    OpenApiController(ResourceResolver resources) {
        try (InputStream in = resources.getResourceAsStream(RESOURCE).orElseThrow()) {
            description = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    @Get
    @Produces("application/yaml")
    byte[] description() {
        return description;
    }
}
