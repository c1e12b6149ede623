package io.milepost.analytics.reference;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The laws of {@link FigureLaws} for one subject, on some seeds each. {@code -Dmilepost.seed=n} starts at another seed,
 * {@code -Dmilepost.seeds=n} takes more of them; a failure prints its seed.
 */
public abstract class PropertyContract {

    /** A subject that knows no event yet. */
    protected abstract Subject fresh();

    private final FigureLaws laws = new FigureLaws(this::fresh);

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void figuresAreThoseOfTheReferenceHoweverTheEventsCome(Delivery delivery) {
        seeds(seed -> laws.equalsTheReference(seed, delivery));
    }

    @Test
    void countsOfDisjointPeopleAddUp() {
        seeds(laws::countsOfDisjointPeopleAddUp);
    }

    @Test
    void namesOfUsersDoNotMatter() {
        seeds(laws::namesOfUsersDoNotMatter);
    }

    @Test
    void shiftingByWholeDaysDoesNotMatter() {
        seeds(laws::shiftingByWholeDaysDoesNotMatter);
    }

    @Test
    void countsOfBothPartsOfARangeAddUp() {
        seeds(laws::countsOfBothPartsOfARangeAddUp);
    }

    @Test
    void pointsAddUpInEveryZone() {
        seeds(laws::pointsAddUpInEveryZone);
    }

    private static void seeds(LongConsumer law) {
        long first = Long.getLong("milepost.seed", 1);
        LongStream.range(first, first + Long.getLong("milepost.seeds", 3)).forEach(law);
    }
}
