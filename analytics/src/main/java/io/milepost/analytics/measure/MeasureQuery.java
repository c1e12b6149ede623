package io.milepost.analytics.measure;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question: the figures of one journey in one scope. */
public record MeasureQuery(String journeyId, Scope scope) {

    /** See {@link Scope#from}. */
    public @Nullable Instant from() {
        return scope.from();
    }

    /** See {@link Scope#to}. */
    public @Nullable Instant to() {
        return scope.to();
    }

    /** See {@link Scope#versions}. */
    public Set<Long> versions() {
        return scope.versions();
    }

    /** See {@link Scope#variants}. */
    public Set<String> variants() {
        return scope.variants();
    }

    /** See {@link Scope#basis}. */
    public Basis basis() {
        return scope.basis();
    }

    /** See {@link Scope#includeTest}. */
    public boolean includeTest() {
        return scope.includeTest();
    }

    /** See {@link Scope#zone}. */
    public ZoneId zone() {
        return scope.zone();
    }

    /** See {@link Scope#asOf}. */
    public Instant asOf() {
        return scope.asOf();
    }

    /** The same question for another range. */
    public MeasureQuery between(@Nullable Instant from, @Nullable Instant to) {
        return new MeasureQuery(journeyId, scope.between(from, to));
    }
}
