package io.milepost.analytics.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and addresses of hosts, compared without resolving them. */
final class HostNames {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private HostNames() {}

    /** The host of {@code host[:port]}. */
    static String ofAuthority(String authority) {
        String text = authority.strip();
        boolean bareV6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
        return normal(bareV6 ? text : PORT.matcher(text).replaceFirst(""));
    }

    /** The same text for the same host: lower case, no brackets, no closing dot. */
    static String normal(String host) {
        String text = host.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || LOOPBACK_V4.matcher(host).matches();
    }

    /** Whether it stands for all addresses of the machine, and so is no name by which to reach it. */
    static boolean isWildcard(String host) {
        return WILDCARDS.contains(host);
    }
}
