package io.milepost.analytics.api;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that a route does not declare, and more than one value of those that take one. Declared are
 * those of the route's {@link QueryParameters}, and its {@link QueryValue} arguments.
 */
@ServerFilter("/v1/**")
final class DeclaredParameters {

    /** What a byte sequence that is no UTF-8 is decoded to. */
    private static final String UNREADABLE = "\uFFFD";

    private static final String UNREADABLE_ESCAPED = "%EF%BF%BD";

    /** By method: whether a parameter of that name may be repeated. */
    private final Map<ExecutableMethod<?, ?>, Map<String, Boolean>> declared = new ConcurrentHashMap<>();

    @RequestFilter
    void check(HttpRequest<?> request) {
        RouteAttributes.getRouteInfo(request).ifPresent(route -> {
            if (route instanceof MethodBasedRouteInfo<?, ?> methodRoute) {
                check(
                        request,
                        declared.computeIfAbsent(
                                methodRoute.getTargetMethod().getExecutableMethod(), DeclaredParameters::declaredBy));
            }
        });
    }

    private static void check(HttpRequest<?> request, Map<String, Boolean> repeatable) {
        HttpParameters parameters = request.getParameters();
        for (String name : parameters.names()) {
            if (!repeatable.containsKey(name)) {
                throw unknown(name, repeatable);
            }
            if (parameters.getAll(name).size() > 1 && !repeatable.getOrDefault(name, false)) {
                throw Parameters.invalid(name, "must be given once");
            }
            if (parameters.getAll(name).stream().anyMatch(value -> value.contains(UNREADABLE))
                    && !request.getUri().toString().toUpperCase(Locale.ROOT).contains(UNREADABLE_ESCAPED)) {
                throw Parameters.invalid(name, "must be UTF-8");
            }
        }
    }

    private static ProblemException unknown(String name, Map<String, Boolean> declared) {
        String known = declared.isEmpty()
                ? "This path takes no query parameters."
                : "This path takes " + String.join(", ", declared.keySet()) + ".";
        String shown = name.length() <= 50 ? name : name.substring(0, 50) + "…";
        return new ProblemException(
                Problem.invalidParameter(shown, "'" + shown + "' is no parameter of this path. " + known));
    }

    private static Map<String, Boolean> declaredBy(ExecutableMethod<?, ?> method) {
        Map<String, Boolean> repeatable = new TreeMap<>();
        for (AnnotationValue<Parameter> parameter : method.getAnnotationValuesByType(Parameter.class)) {
            boolean many = parameter.enumValue("explode", Explode.class).orElse(Explode.DEFAULT) == Explode.TRUE;
            parameter.stringValue("name").ifPresent(name -> repeatable.put(name, many));
        }
        for (Argument<?> argument : method.getArguments()) {
            if (argument.isAnnotationPresent(QueryValue.class)) {
                String name = argument.getAnnotationMetadata()
                        .stringValue(QueryValue.class)
                        .orElse(argument.getName());
                repeatable.put(name, argument.isContainerType());
            }
        }
        return repeatable;
    }
}
