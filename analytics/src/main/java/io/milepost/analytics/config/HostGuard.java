package io.milepost.analytics.config;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.HttpServerConfiguration;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses requests for other hosts. A web page whose own name was pointed at this address, and which so could read the
 * answers, still has to send that name as its host.
 */
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class HostGuard {

    private final Set<String> allowed = new HashSet<>();

    HostGuard(HttpServerConfiguration server, AllowedHosts configured) {
        server.getHost()
                .map(HostNames::normal)
                .filter(host -> !HostNames.isWildcard(host))
                .ifPresent(allowed::add);
        configured.hosts().stream().map(HostNames::normal).forEach(allowed::add);
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        List<String> hosts = request.getHeaders().getAll(HttpHeaders.HOST);
        if (hosts.size() > 1) {
            throw new ProblemException(Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "malformed-request",
                    "Malformed request",
                    "The request has more than one Host header."));
        }
        // A browser always sends one; HTTP/1.0 need not.
        hosts.forEach(host -> requireAllowed(HostNames.ofAuthority(host)));
    }

    private void requireAllowed(String host) {
        if (!HostNames.isLoopback(host) && !allowed.contains(host)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.FORBIDDEN,
                    "foreign-host",
                    "Foreign host",
                    "This service does not answer for the host of this request. Hosts other than this machine's loopback"
                            + " names are listed in milepost.allowed-hosts (MILEPOST_ALLOWED_HOSTS)."));
        }
    }
}
