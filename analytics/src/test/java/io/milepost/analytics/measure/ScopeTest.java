package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void includesTheBeginAndExcludesTheEnd() {
        Scope scope = Scope.allTime(NOON).between(NOON, NOON.plusSeconds(60));

        assertThat(scope.covers(NOON)).isTrue();
        assertThat(scope.covers(NOON.plusSeconds(60).minusNanos(1))).isTrue();
        assertThat(scope.covers(NOON.plusSeconds(60))).isFalse();
        assertThat(scope.covers(NOON.minusNanos(1))).isFalse();
    }

    @Test
    void coversAllTimeWithoutARange() {
        assertThat(Scope.allTime(NOON).covers(Instant.MIN)).isTrue();
        assertThat(Scope.allTime(NOON).covers(Instant.MAX)).isTrue();
    }

    @Test
    void wantsAllButTestEntriesUnlessTold() {
        assertThat(Scope.allTime(NOON).wants(1, null, false)).isTrue();
        assertThat(Scope.allTime(NOON).wants(2, "A", false)).isTrue();
        assertThat(Scope.allTime(NOON).wants(1, null, true)).isFalse();
    }

    @Test
    void meansEntriesWithoutAVariantByNone() {
        Scope scope = selecting(Set.of(), Set.of(Scope.NO_VARIANT, "A"));

        assertThat(scope.wants(1, null, false)).isTrue();
        assertThat(scope.wants(1, "A", false)).isTrue();
        assertThat(scope.wants(1, "B", false)).isFalse();
    }

    @Test
    void choosesVersions() {
        assertThat(selecting(Set.of(2L), Set.of()).wants(2, "B", false)).isTrue();
        assertThat(selecting(Set.of(2L), Set.of()).wants(1, "B", false)).isFalse();
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        Scope all = Scope.allTime(NOON);
        assertThatThrownBy(() -> all.between(NOON, NOON.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is after to");
        assertThat(all.between(NOON, NOON).covers(NOON)).isFalse();
    }

    @Test
    void refusesVersionsBelowOne() {
        assertThatThrownBy(() -> selecting(Set.of(0L), Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Scope selecting(Set<Long> versions, Set<String> variants) {
        return new Scope(null, null, versions, variants, Basis.COHORT, false, ZoneOffset.UTC, NOON);
    }
}
