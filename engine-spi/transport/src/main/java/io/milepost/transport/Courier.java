package io.milepost.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events until analytics has answered for every one of them. One thread each. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Settings settings;
    private final Ledger ledger;
    private final HttpClient client;
    private final Transport.Delay delay;
    private final RetryPolicy retry;
    /** Of the warnings of all senders together. */
    private final Pace pace;

    Courier(Settings settings, Ledger ledger, HttpClient client, Transport.Delay delay, Pace pace) {
        this.settings = settings;
        this.ledger = ledger;
        this.client = client;
        this.delay = delay;
        this.retry = new RetryPolicy(settings.firstBackoff(), settings.longestBackoff(), settings.random());
        this.pace = pace;
    }

    /**
     * Waits for as long as it takes, or until {@code ended} says that it isn't wanted any more.
     *
     * @return how many of the events analytics has answered for, or refused: all, unless it ended before
     */
    int deliver(Chunk.Lines lines, BooleanSupplier ended) throws InterruptedException {
        for (int failures = 0; ; ) {
            Answer answer = post(lines);
            switch (answer.verdict()) {
                case TAKEN -> {
                    settle(lines, answer);
                    return lines.count();
                }
                case REFUSED -> {
                    return refused(lines, answer, ended);
                }
                case LATER -> {
                    waitFor(lines, answer, ++failures);
                    if (ended.getAsBoolean()) {
                        return 0;
                    }
                }
            }
        }
    }

    private void settle(Chunk.Lines lines, Answer answer) {
        long rejected = Math.min(answer.rejected(), lines.count());
        ledger.delivered(lines.count() - rejected, Math.min(answer.duplicates(), lines.count() - rejected));
        ledger.dropped(DropReason.REJECTED, rejected);
        if (rejected > 0) {
            warn(
                    "Analytics rejected {} of {} events and keeps them for mending: {}",
                    rejected,
                    lines.count(),
                    answer.told());
        }
    }

    /** Halves until the culprit is alone: one bad event must not cost its neighbours. */
    private int refused(Chunk.Lines lines, Answer answer, BooleanSupplier ended) throws InterruptedException {
        if (lines.count() > 1) {
            return deliver(lines.firstHalf(), ended) + deliver(lines.secondHalf(), ended);
        }
        ledger.dropped(DropReason.REFUSED, 1);
        warn("Analytics refused an event of {} bytes, which is dropped: {}", lines.length(), answer.told());
        return 1;
    }

    private void waitFor(Chunk.Lines lines, Answer answer, int failures) throws InterruptedException {
        Duration wait = retry.delay(failures, answer.asked());
        warn(
                "Batch of {} events kept for retry {} in {} ms: {}",
                lines.count(),
                failures,
                wait.toMillis(),
                answer.told());
        delay.await(wait);
    }

    private Answer post(Chunk.Lines lines) throws InterruptedException {
        try {
            return Answer.of(client.send(request(lines), HttpResponse.BodyHandlers.ofByteArray()), settings.clock());
        } catch (IOException | RuntimeException failed) {
            ledger.failed("sending", failed);
            return Answer.noAnswer(failed.toString());
        }
    }

    private HttpRequest request(Chunk.Lines lines) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(settings.requestTimeout())
                .header("Content-Type", settings.format().contentType());
        settings.headers().forEach(request::setHeader);
        if (settings.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return request.POST(body(lines)).build();
    }

    private HttpRequest.BodyPublisher body(Chunk.Lines lines) {
        Chunk.Lines body = settings.format().body(lines);
        return settings.gzip()
                ? HttpRequest.BodyPublishers.ofByteArray(gzip(body))
                : HttpRequest.BodyPublishers.ofByteArray(body.bytes(), body.from(), body.length());
    }

    private static byte[] gzip(Chunk.Lines body) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(body.length() / 6 + 64);
        try (GZIPOutputStream gzip = new FastGzip(zipped)) {
            gzip.write(body.bytes(), body.from(), body.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private void warn(String message, Object... values) {
        if (pace.isDue()) {
            LOG.warn(message, values);
        } else {
            LOG.debug(message, values);
        }
    }

    /** Events of one engine look alike: level 1 already makes a tenth of them, in half the time. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
