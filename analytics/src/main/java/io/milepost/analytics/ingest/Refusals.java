package io.milepost.analytics.ingest;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.journal.IntakeClosedException;
import io.milepost.analytics.problem.Problem;
import io.milepost.analytics.problem.ProblemException;
import java.util.concurrent.CompletionException;

/** What a client reads where a body is turned away as a whole. */
final class Refusals {

    private Refusals() {}

    /** The problem behind a failed reading or storing; what is none of the client's business is passed on as it is. */
    static RuntimeException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof BodyException body) {
            return body.isTooLarge() ? tooLarge(body.getMessage()) : malformed(body.getMessage());
        }
        if (cause instanceof IntakeClosedException closed) {
            return unavailable(closed);
        }
        if (cause instanceof ContentLengthExceededException) {
            return tooLarge("the body is larger than this service takes");
        }
        return cause instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
    }

    static ProblemException unavailable(IntakeClosedException closed) {
        return new ProblemException(
                Problem.unavailable(
                        "intake-closed",
                        "Not taken now",
                        "Nothing of this was taken: " + closed.getMessage() + ". Send the same again later."),
                closed.retryAfter());
    }

    static ProblemException unsupported(String detail) {
        return new ProblemException(Problem.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", detail));
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.invalidBody(null, "Nothing of this was taken: " + detail + "."));
    }

    private static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "too-large",
                "Too large",
                "Nothing of this was taken: " + detail + "."));
    }
}
