package io.milepost.analytics.history;

import io.milepost.spi.JourneyDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One journey's vocabularies and definitions. One writer; readers hold the lock. */
public final class Journey {

    private final int number;
    private final String id;
    private final Names nodes = new Names();
    private final Names edges = new Names();
    private final Names outcomes = new Names();
    private final Names variants = new Names();
    private final NavigableMap<Long, DefinedVersion> versions = new TreeMap<>();

    private final Map<String, FinishedImport> imports = new HashMap<>();

    private long firstActivity = Long.MAX_VALUE;
    private long lastActivity = Long.MIN_VALUE;

    Journey(int number, String id) {
        this.number = number;
        this.id = id;
    }

    public int number() {
        return number;
    }

    public String id() {
        return id;
    }

    void active(long time) {
        active(time, time);
    }

    void active(long first, long last) {
        firstActivity = Math.min(firstActivity, first);
        lastActivity = Math.max(lastActivity, last);
    }

    List<Names> vocabularies() {
        return List.of(nodes, edges, outcomes, variants);
    }

    /** Time of the earliest event that names an entry of the journey; {@code Long.MAX_VALUE} = none. */
    public long firstActivity() {
        return firstActivity;
    }

    /** Time of the latest such event; {@code Long.MIN_VALUE} = none. */
    public long lastActivity() {
        return lastActivity;
    }

    /** One for each import; in no order. */
    public Collection<FinishedImport> imports() {
        return imports.values();
    }

    @Nullable
    FinishedImport importOf(String importId) {
        return imports.get(importId);
    }

    void keep(FinishedImport finished) {
        imports.put(finished.id(), finished);
    }

    public Names nodes() {
        return nodes;
    }

    public Names edges() {
        return edges;
    }

    public Names outcomes() {
        return outcomes;
    }

    public Names variants() {
        return variants;
    }

    /** The latest definition of each version. */
    public NavigableMap<Long, DefinedVersion> versions() {
        return versions;
    }

    public @Nullable DefinedVersion version(long version) {
        return versions.get(version);
    }

    /** The definition whose stages are the journey's: that of the newest version that has any; null = no stages. */
    public @Nullable JourneyDefinition staged() {
        for (DefinedVersion defined : versions.descendingMap().values()) {
            if (!defined.definition().stages().isEmpty()) {
                return defined.definition();
            }
        }
        return null;
    }

    /** Place of a stage among those of {@link #staged}, from 0; -1 = there is none of that id. */
    public int placeOfStage(String stageId) {
        JourneyDefinition staged = staged();
        return staged == null
                ? -1
                : staged.stages().stream()
                        .map(JourneyDefinition.Stage::id)
                        .toList()
                        .indexOf(stageId);
    }

    /** The newest name given, else the id. */
    public String name() {
        for (DefinedVersion defined : versions.descendingMap().values()) {
            String name = defined.definition().name();
            if (name != null) {
                return name;
            }
        }
        return id;
    }

    /** Whether any version counts conversions. */
    public boolean converts() {
        for (DefinedVersion defined : versions.values()) {
            if (defined.conversionEvent() >= 0) {
                return true;
            }
        }
        return false;
    }
}
