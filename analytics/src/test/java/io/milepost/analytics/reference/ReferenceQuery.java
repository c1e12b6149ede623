package io.milepost.analytics.reference;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters every figure takes. {@code from} is included, {@code to} excluded, null = open; no versions or variants =
 * all; the variant {@code none} = entries without one.
 */
public record ReferenceQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        Set<Long> versions,
        Set<String> variants,
        boolean activity,
        boolean includeTest,
        ZoneId zone,
        Instant asOf) {

    public static ReferenceQuery all(Instant asOf) {
        return new ReferenceQuery(null, null, Set.of(), Set.of(), false, false, ZoneOffset.UTC, asOf);
    }

    public ReferenceQuery between(@Nullable Instant newFrom, @Nullable Instant newTo) {
        return new ReferenceQuery(newFrom, newTo, versions, variants, activity, includeTest, zone, asOf);
    }

    public ReferenceQuery withBasis(boolean byActivity) {
        return new ReferenceQuery(from, to, versions, variants, byActivity, includeTest, zone, asOf);
    }

    public ReferenceQuery withVersions(Set<Long> newVersions) {
        return new ReferenceQuery(from, to, newVersions, variants, activity, includeTest, zone, asOf);
    }

    public ReferenceQuery withVariants(Set<String> newVariants) {
        return new ReferenceQuery(from, to, versions, newVariants, activity, includeTest, zone, asOf);
    }

    public ReferenceQuery withTests(boolean tests) {
        return new ReferenceQuery(from, to, versions, variants, activity, tests, zone, asOf);
    }

    public ReferenceQuery withZone(ZoneId newZone) {
        return new ReferenceQuery(from, to, versions, variants, activity, includeTest, newZone, asOf);
    }

    public ReferenceQuery withAsOf(Instant newAsOf) {
        return new ReferenceQuery(from, to, versions, variants, activity, includeTest, zone, newAsOf);
    }

    boolean contains(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** As the HTTP interface wants them. */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (from != null) {
            parameters.put("from", List.of(from.toString()));
        }
        if (to != null) {
            parameters.put("to", List.of(to.toString()));
        }
        if (!versions.isEmpty()) {
            parameters.put(
                    "version",
                    new TreeSet<>(versions).stream().map(String::valueOf).toList());
        }
        if (!variants.isEmpty()) {
            parameters.put("variant", List.copyOf(new TreeSet<>(variants)));
        }
        parameters.put("basis", List.of(activity ? "activity" : "cohort"));
        if (includeTest) {
            parameters.put("include", List.of("test"));
        }
        parameters.put("zone", List.of(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()));
        parameters.put("asOf", List.of(asOf.toString()));
        return parameters;
    }
}
