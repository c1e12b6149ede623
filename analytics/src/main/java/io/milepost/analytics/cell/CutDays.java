package io.milepost.analytics.cell;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.function.Supplier;

/**
 * Days that were cut lately, in pieces. Whoever looks at a journey from a zone of his own cuts the same days at the same
 * instants again and again: they are folded once for each change of the day. A sixteenth of the heap at most; what was
 * not asked for longest goes first. Any thread.
 */
final class CutDays {

    private static final long BYTES = Runtime.getRuntime().maxMemory() / 16;

    private final Cache<Key, CutDay> kept = Caffeine.newBuilder()
            .maximumWeight(BYTES)
            .weigher((Key key, CutDay pieces) -> pieces.weight())
            .executor(Runnable::run)
            .build();

    /**
     * @param change of {@link JourneyCells#change}: pieces of an older one are never found again
     * @param whole false = of what {@link EntryContribution#OF_COURSE} names alone
     */
    record Key(int journey, boolean activity, int day, long change, List<Long> cuts, boolean whole) {

        Key ofAll() {
            return new Key(journey, activity, day, change, cuts, true);
        }
    }

    /** The pieces, made by the first who asks for them; others wait for him. There may be more in them than was asked for. */
    CutDay get(Key key, Supplier<CutDay> fold) {
        CutDay whole = key.whole() ? null : kept.getIfPresent(key.ofAll());
        return whole != null ? whole : kept.get(key, any -> fold.get());
    }
}
