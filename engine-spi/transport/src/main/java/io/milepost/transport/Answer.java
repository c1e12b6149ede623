package io.milepost.transport;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What analytics said to a request.
 *
 * @param duplicates of those taken
 * @param rejected not taken, though the request was
 * @param told for the log: status, or the first rejections with index, reason and field; never a payload
 * @param asked to wait before the next try; null = no word of it
 */
record Answer(Verdict verdict, long duplicates, long rejected, String told, @Nullable Duration asked) {
    private static final int TOLD_REJECTIONS = 10;

    enum Verdict {
        /** All but the rejected are durable. */
        TAKEN,
        /** Something in the request will never be taken. */
        REFUSED,
        /** Not now: the events are not at fault. */
        LATER
    }

    static Answer of(HttpResponse<byte[]> response, InstantSource clock) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return taken(status, response.body());
        }
        boolean refused = status == 400 || status == 413 || status == 415;
        return new Answer(
                refused ? Verdict.REFUSED : Verdict.LATER, 0, 0, "status " + status, retryAfter(response, clock));
    }

    static Answer noAnswer(String told) {
        return new Answer(Verdict.LATER, 0, 0, told, null);
    }

    private static Answer taken(int status, byte[] body) {
        if (body.length == 0) {
            return new Answer(Verdict.TAKEN, 0, 0, "", null);
        }
        try (JsonParser json = CloudEvents.JSON.createParser(body)) {
            JsonFields counts = JsonFields.read(json);
            Long duplicates = counts.optionalWhole("duplicates");
            Long rejected = counts.optionalWhole("rejectedCount");
            return new Answer(
                    Verdict.TAKEN,
                    duplicates == null ? 0 : duplicates,
                    rejected == null ? 0 : rejected,
                    rejections(counts.objects("rejected")),
                    null);
        } catch (IOException | IllegalArgumentException other) {
            // A proxy or a login page: believing it would lose the events.
            return noAnswer("status " + status + " with a body that is not analytics' answer");
        }
    }

    private static String rejections(List<JsonFields> rejected) {
        return rejected.stream()
                .limit(TOLD_REJECTIONS)
                .map(rejection -> "event " + rejection.any("index") + ": " + rejection.any("reason")
                        + (rejection.any("field") == null ? "" : " " + rejection.any("field")))
                .collect(Collectors.joining("; "));
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response, InstantSource clock) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.isEmpty()) {
            return null;
        }
        try {
            Duration wait = value.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException | NumberFormatException | ArithmeticException unreadable) {
            return null;
        }
    }
}
