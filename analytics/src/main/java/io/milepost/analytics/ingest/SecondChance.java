package io.milepost.analytics.ingest;

import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.Batch.Refused;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.Rejection;
import io.milepost.analytics.event.Rejection.Reason;
import io.milepost.analytics.journal.Receipt;
import io.milepost.analytics.store.RejectedEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes a rejected event once more, as it is or mended. */
@Singleton
final class SecondChance {

    private final Intake intake;

    SecondChance(Intake intake) {
        this.intake = intake;
    }

    /** @param mended the event to take in its place; empty = take it as it was received */
    CompletionStage<Receipt> replay(RejectedEvent rejected, byte[] mended) {
        try {
            Batch batch = mended.length > 0 ? intake.reader().readOne(mended) : asReceived(rejected);
            return intake.store(batch, rejected.id());
        } catch (BodyException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Batch asReceived(RejectedEvent rejected) {
        if (rejected.isCut()) {
            return refused(
                    rejected, Reason.TOO_LARGE, "only its beginning was kept: send the mended event as the body");
        }
        try {
            return intake.reader().readOne(rejected.body());
        } catch (BodyException e) {
            return refused(rejected, Reason.NOT_JSON, e.getMessage());
        }
    }

    private static Batch refused(RejectedEvent event, Reason reason, String detail) {
        Rejection rejection = new Rejection(reason, event.eventId(), null, detail);
        return new Batch(
                List.of(), new int[0], List.of(new Refused(0, rejection, event.body(), 0, event.body().length)));
    }
}
