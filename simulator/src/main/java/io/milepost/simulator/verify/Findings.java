package io.milepost.simulator.verify;

import io.milepost.simulator.truth.Row;
import io.milepost.spi.JourneyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What was asked and found so far, by all that ask. */
final class Findings {

    /**
     * The list that can say why a figure differs.
     *
     * @param name the same for the same list
     * @param got tells the rows that analytics has
     * @param expected gives the rows one person should have there
     */
    record Behind(String name, Consumer<Consumer<Row>> got, Function<List<JourneyEvent>, List<Row>> expected) {}

    private record Found(Difference difference, @Nullable Behind behind) {}

    private final List<Found> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private LongConsumer progress = answers -> {};
    private long questions;
    private long compared;

    /** Has it told how many answers there are so far. */
    void tellTo(LongConsumer watching) {
        progress = watching;
    }

    void asked(long values) {
        questions++;
        compared += values;
        progress.accept(questions);
    }

    void differs(Difference difference, @Nullable Behind behind) {
        found.add(new Found(difference, behind));
    }

    void note(String text) {
        notes.add(text);
    }

    /** With the reasons of the first differences. */
    Verdict verdict(Reasons reasons) {
        found.forEach(one -> {
            if (one.behind != null) {
                reasons.wonder(one.behind);
            }
        });
        reasons.find();
        List<Difference> differences = found.stream()
                .map(one -> one.behind == null ? one.difference : reasons.explain(one.difference, one.behind))
                .toList();
        return new Verdict(questions, compared, differences, notes);
    }
}
