package io.milepost.analytics.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which query parameters a route takes: a route has one of these annotations, or none and takes none. They make the
 * description of the interface and hold requests to it; {@code Explode.TRUE} marks what may be repeated. What each
 * parameter means stands in {@code src/main/openapi/parameters.yml}.
 */
final class QueryParameters {

    private QueryParameters() {}

    /** By which a client reads what it has just written. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Parameter(name = "minEvents", ref = "#/components/parameters/minEvents")
    @interface Fresh {}

    /** Those of every figure. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Parameter(name = "from", ref = "#/components/parameters/from")
    @Parameter(name = "to", ref = "#/components/parameters/to")
    @Parameter(name = "version", ref = "#/components/parameters/version", explode = Explode.TRUE)
    @Parameter(name = "variant", ref = "#/components/parameters/variant", explode = Explode.TRUE)
    @Parameter(name = "basis", ref = "#/components/parameters/basis")
    @Parameter(name = "include", ref = "#/components/parameters/include")
    @Parameter(name = "zone", ref = "#/components/parameters/zone")
    @Parameter(name = "asOf", ref = "#/components/parameters/asOf")
    @Fresh
    @interface OfFigures {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "measure", ref = "#/components/parameters/measure")
    @Parameter(name = "bucket", ref = "#/components/parameters/bucket")
    @Parameter(name = "node", ref = "#/components/parameters/node")
    @OfFigures
    @interface OfSeries {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "from", ref = "#/components/parameters/from")
    @Parameter(name = "to", ref = "#/components/parameters/to")
    @Parameter(name = "version", ref = "#/components/parameters/version", explode = Explode.TRUE)
    @Parameter(name = "variant", ref = "#/components/parameters/variant", explode = Explode.TRUE)
    @Parameter(name = "include", ref = "#/components/parameters/include")
    @Fresh
    @interface OfTraces {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "bucket", ref = "#/components/parameters/dayBucket")
    @OfFigures
    @interface OfCalls {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "by", ref = "#/components/parameters/by", explode = Explode.TRUE)
    @Parameter(name = "bucket", ref = "#/components/parameters/optionalBucket")
    @Parameter(name = "channel", ref = "#/components/parameters/channel")
    @Parameter(name = "platform", ref = "#/components/parameters/platform")
    @Parameter(name = "node", ref = "#/components/parameters/onlyNode")
    @OfFigures
    @AsFile
    @interface OfTraffic {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "measure", ref = "#/components/parameters/list")
    @Parameter(name = "node", ref = "#/components/parameters/node")
    @Parameter(name = "stage", ref = "#/components/parameters/stage")
    @Parameter(name = "channel", ref = "#/components/parameters/channel")
    @Parameter(name = "platform", ref = "#/components/parameters/platform")
    @Parameter(name = "kind", ref = "#/components/parameters/kind")
    @Parameter(name = "outcome", ref = "#/components/parameters/outcome")
    @Parameter(name = "reason", ref = "#/components/parameters/reason")
    @Parameter(name = "fromNode", ref = "#/components/parameters/fromNode")
    @Parameter(name = "edge", ref = "#/components/parameters/edge")
    @Parameter(name = "cursor", ref = "#/components/parameters/cursor")
    @Parameter(name = "size", ref = "#/components/parameters/rows")
    @OfFigures
    @AsFile
    @interface OfLists {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Parameter(name = "month", ref = "#/components/parameters/month")
    @Fresh
    @interface OfMonth {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @OfMonth
    @Parameter(name = "page", ref = "#/components/parameters/page")
    @Parameter(name = "size", ref = "#/components/parameters/rows")
    @AsFile
    @interface OfMonthReport {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "from", ref = "#/components/parameters/from")
    @Parameter(name = "to", ref = "#/components/parameters/to")
    @Parameter(name = "zone", ref = "#/components/parameters/zone")
    @AsFile
    @Fresh
    @interface OfImports {}

    /** Of what can be downloaded too. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Parameter(name = "format", ref = "#/components/parameters/format")
    @Parameter(name = "separator", ref = "#/components/parameters/separator")
    @Parameter(name = "bom", ref = "#/components/parameters/bom")
    @interface AsFile {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "search", ref = "#/components/parameters/search")
    @Parameter(name = "page", ref = "#/components/parameters/page")
    @Parameter(name = "size", ref = "#/components/parameters/size")
    @OfFigures
    @interface OfJourneyList {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @Parameter(name = "version", ref = "#/components/parameters/version", explode = Explode.TRUE)
    @Fresh
    @interface OfDefinitions {}
}
