package io.milepost.analytics.reference;

import java.util.List;

/** Names people and machines really use, or could. */
final class AwkwardNames {

    static final List<String> ODD = List.of(
            "=cmd|' /C calc'!A0",
            "\"quoted\", with comma",
            "Zoë Ångström",
            "用户-42",
            "😀",
            "ﬀ",
            " space around ",
            "a/b?c=d&e#f%20",
            "null",
            "<b>bold</b>",
            "e\u0301",
            "\u00e9",
            "x".repeat(120));

    /** Ordered otherwise by UTF-16 units than by code points; both orders differ from that of the list. */
    static final List<String> ID_TAILS = List.of("", "b", "😀", "ﬀ", "B", "10", "9", "é");

    static final List<String> SOURCES =
            List.of("/engines/a", "/engines/b", "/engines/B", "urn:engine:1", "https://engine.example/x");

    static final List<String> CHANNELS = List.of("push", "email", "sms", "in-app", "voice", "telegram");

    static final List<String> PLATFORMS = List.of("android", "ios", "web", "huawei", "unknown", "tizen");

    static final List<String> OUTCOMES = List.of("yes", "no", "option-1", "count", "Ja, gerne \"sofort\"", "ﬀ");

    private AwkwardNames() {}
}
