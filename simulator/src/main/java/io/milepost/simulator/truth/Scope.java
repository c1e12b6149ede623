package io.milepost.simulator.truth;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a journey a figure speaks of; the query parameters of the interface by their names.
 *
 * @param from included; null = from the first
 * @param to excluded; null = to the last
 * @param versions empty = all
 * @param variants empty = all; {@code none} = entries without one
 */
public record Scope(
        String journeyId,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean activity,
        Set<Long> versions,
        Set<String> variants,
        boolean includeTest,
        Instant asOf) {

    public Scope {
        versions = Set.copyOf(versions);
        variants = Set.copyOf(variants);
    }

    /** Everything of that journey, by cohort. */
    public static Scope all(String journeyId, Instant asOf) {
        return new Scope(journeyId, null, null, false, Set.of(), Set.of(), false, asOf);
    }

    public Scope between(@Nullable Instant first, @Nullable Instant end) {
        return new Scope(journeyId, first, end, activity, versions, variants, includeTest, asOf);
    }

    public Scope byActivity() {
        return new Scope(journeyId, from, to, true, versions, variants, includeTest, asOf);
    }

    public Scope ofVersions(Long... some) {
        return new Scope(journeyId, from, to, activity, Set.of(some), variants, includeTest, asOf);
    }

    public Scope ofVariants(String... some) {
        return new Scope(journeyId, from, to, activity, versions, Set.of(some), includeTest, asOf);
    }

    public Scope withTests() {
        return new Scope(journeyId, from, to, activity, versions, variants, true, asOf);
    }

    public Scope asOf(Instant instant) {
        return new Scope(journeyId, from, to, activity, versions, variants, includeTest, instant);
    }

    boolean contains(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    boolean wants(Entry entry) {
        return entry.journeyId().equals(journeyId)
                && (versions.isEmpty() || versions.contains(entry.version()))
                && (variants.isEmpty() || variants.contains(entry.variant() == null ? "none" : entry.variant()))
                && (includeTest || !entry.test());
    }

    /** Whether what happened to the entry at that instant counts; by cohort its start decides, whenever it happened. */
    boolean counts(Entry entry, @Nullable Instant at) {
        return at != null && contains(activity ? at : entry.startedAt());
    }

    /** For people: what is narrowed, e.g. {@code activity, version 2}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(activity ? "activity" : "cohort");
        if (from != null || to != null) {
            text.append(", ").append(from == null ? "" : from).append(" … ").append(to == null ? "" : to);
        }
        if (!versions.isEmpty()) {
            text.append(", version ").append(new TreeSet<>(versions));
        }
        if (!variants.isEmpty()) {
            text.append(", variant ").append(new TreeSet<>(variants));
        }
        return text.append(includeTest ? ", with tests" : "").toString();
    }
}
