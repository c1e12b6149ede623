package io.milepost.analytics.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.List;

/** By which names, beside those of the loopback, the service may be reached. Without ports; IPv6 in brackets or not. */
@ConfigurationProperties("milepost")
final class AllowedHosts {

    private List<String> allowedHosts = List.of();

    List<String> hosts() {
        return allowedHosts;
    }

    public List<String> getAllowedHosts() {
        return allowedHosts;
    }

    /** From {@code milepost.allowed-hosts}, a list or separated by commas. */
    public void setAllowedHosts(List<String> allowedHosts) {
        this.allowedHosts = List.copyOf(allowedHosts);
    }
}
