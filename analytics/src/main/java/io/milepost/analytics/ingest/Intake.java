package io.milepost.analytics.ingest;

import io.micronaut.http.body.CloseableAvailableByteBody;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.journal.IntakeClosedException;
import io.milepost.analytics.journal.Journal;
import io.milepost.analytics.journal.Receipt;
import io.milepost.analytics.journal.Submission;
import io.milepost.analytics.store.Account;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Leads bodies to the journal: room, inflating, reading, submitting. Any thread; the work is done on parsing threads. */
@Singleton
final class Intake {

    private final Journal journal;
    private final Clock clock;
    private final IngestLimits limits;
    private final ExecutorService parsing;
    private final Door door;

    Intake(Journal journal, Clock clock, IngestLimits limits, @Named("parsing") ExecutorService parsing) {
        this.journal = journal;
        this.clock = clock;
        this.limits = limits;
        this.parsing = parsing;
        this.door = new Door(limits.room(Runtime.getRuntime().maxMemory()));
    }

    IngestLimits limits() {
        return limits;
    }

    BatchReader reader() {
        return new BatchReader(Account.DEFAULT, limits.ofEvents(), clock.instant());
    }

    /** Why nothing can be taken now; null = send. */
    @Nullable
    IntakeClosedException closed() {
        return journal.closed();
    }

    /** Reads the body, which it closes, and stores its events; completes with the receipt, or exceptionally with what is wrong. */
    CompletionStage<Receipt> take(CloseableAvailableByteBody body, BodyFormat format, boolean gzip) {
        AtomicLong held = new AtomicLong(body.length());
        try {
            door.enter(held.get(), 0);
        } catch (IntakeClosedException full) {
            body.close();
            return CompletableFuture.failedFuture(full);
        }
        return CompletableFuture.supplyAsync(() -> read(RequestBodies.copy(body), format, gzip, held), parsing)
                .thenCompose(batch -> store(batch, null))
                .whenComplete((receipt, failure) -> door.leave(held.get()));
    }

    /** @param mends the rejected event whose second chance this is, or null */
    CompletionStage<Receipt> store(Batch batch, @Nullable Long mends) {
        return journal.submit(new Submission(batch, mends));
    }

    private Batch read(byte[] body, BodyFormat format, boolean gzip, AtomicLong held) {
        try {
            byte[] plain = gzip ? inflate(body, held) : body;
            if (plain.length > limits.maxBodyBytes()) {
                throw BodyException.tooLarge("the body has more than " + limits.maxBodyBytes() + " bytes");
            }
            return format.read(reader(), plain);
        } catch (BodyException | IntakeClosedException e) {
            throw new CompletionException(e);
        }
    }

    private byte[] inflate(byte[] body, AtomicLong held) throws BodyException, IntakeClosedException {
        byte[] plain = Gzip.inflate(body, limits.maxBodyBytes());
        door.enter(plain.length, held.get());
        held.addAndGet(plain.length);
        return plain;
    }
}
