package io.milepost.analytics.erasure;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds users in bodies that were refused: they need not be JSON, nor whole. */
final class NamedUsers {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))", Pattern.DOTALL);
    /** Bounded, so that a long string costs no stack: an id of 200 characters has at most 400 escapes. */
    private static final Pattern USER =
            Pattern.compile("\"userId\"\\s*+:\\s*+(?:\"((?:[^\"\\\\]++|\\\\.){0,1000}+)\"|([^\\s\",}]++))");

    private NamedUsers() {}

    /** The values of all fields called {@code userId}. */
    static Set<String> in(byte[] body, int offset, int length) {
        Set<String> users = new HashSet<>();
        Matcher user = USER.matcher(new String(body, offset, length, StandardCharsets.UTF_8));
        while (user.find()) {
            users.add(unescaped(user.group(1) == null ? user.group(2) : user.group(1)));
        }
        return users;
    }

    /** Whether a body has the id as a string, of whatever field, or as what a {@code userId} was given instead of one. */
    static Predicate<byte[]> names(String userId) {
        Pattern value = Pattern.compile(
                "\"" + Pattern.quote(userId) + "\"|\"userId\"\\s*:\\s*" + Pattern.quote(userId) + "(?=[\\s,}])");
        return body -> value.matcher(unescaped(new String(body, StandardCharsets.UTF_8)))
                .find();
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) == null
                                ? character(escape.group(2))
                                : String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    private static String character(String escaped) {
        return switch (escaped) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "r" -> "\r";
            case "b" -> "\b";
            case "f" -> "\f";
            default -> escaped;
        };
    }
}
