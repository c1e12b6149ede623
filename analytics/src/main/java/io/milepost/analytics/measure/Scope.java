package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Range;
import io.milepost.analytics.event.Nanos;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the data a figure speaks of, whatever the journey.
 *
 * @param from included; null = from the first data on
 * @param to excluded, not before {@code from}; null = up to the last data
 * @param versions of the entries; empty = all
 * @param variants of the entries, {@link #NO_VARIANT} = those without one; empty = all
 * @param includeTest whether test entries count
 * @param zone of the calendar that buckets follow
 * @param asOf only the entries still open at an instant depend on it
 */
public record Scope(
        @Nullable Instant from,
        @Nullable Instant to,
        Set<Long> versions,
        Set<String> variants,
        Basis basis,
        boolean includeTest,
        ZoneId zone,
        Instant asOf) {

    /** The word that stands for entries without a variant. */
    public static final String NO_VARIANT = "none";

    /**
     * Holds all of it to the rules above.
     *
     * @throws IllegalArgumentException where {@code from} is after {@code to} or a version is below 1
     */
    public Scope {
        versions = Set.copyOf(versions);
        variants = Set.copyOf(variants);
        if (from != null && to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("from " + from + " is after to " + to);
        }
        if (versions.stream().anyMatch(version -> version < 1)) {
            throw new IllegalArgumentException("a version is 1 or more, not one of " + versions);
        }
    }

    /** All data without test entries, by cohort, days in UTC. */
    public static Scope allTime(Instant asOf) {
        return new Scope(null, null, Set.of(), Set.of(), Basis.COHORT, false, ZoneOffset.UTC, asOf);
    }

    /** The same part of the data in another range. */
    public Scope between(@Nullable Instant newFrom, @Nullable Instant newTo) {
        return new Scope(newFrom, newTo, versions, variants, basis, includeTest, zone, asOf);
    }

    /** The same range by another basis. */
    public Scope by(Basis newBasis) {
        return new Scope(from, to, versions, variants, newBasis, includeTest, zone, asOf);
    }

    Range range() {
        return new Range(from == null ? Long.MIN_VALUE : Nanos.of(from), to == null ? Long.MAX_VALUE : Nanos.of(to));
    }

    /** Whether the range covers {@code time}. */
    public boolean covers(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /**
     * Whether an entry of that kind is asked for.
     *
     * @param variant null = the entry has none
     */
    public boolean wants(long version, @Nullable String variant, boolean test) {
        return (includeTest || !test)
                && (versions.isEmpty() || versions.contains(version))
                && (variants.isEmpty() || variants.contains(variant == null ? NO_VARIANT : variant));
    }
}
