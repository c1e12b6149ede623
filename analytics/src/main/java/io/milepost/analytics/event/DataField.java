package io.milepost.analytics.event;

import static io.milepost.spi.JourneyEventType.*;

import io.milepost.spi.JourneyEventType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of {@code data}: which types have them, and which need them. */
enum DataField {
    JOURNEY_ID(and(entry(), JOURNEY_DEFINED, ENTRY_REJECTED, IMPORT_FINISHED), none()),
    VERSION(and(entry(), JOURNEY_DEFINED, ENTRY_REJECTED), none()),
    ENTRY_ID(entry(), none()),
    USER_ID(and(entry(), USER_ACTED, USER_PROFILED), of(ENTRY_REJECTED)),
    SEQUENCE(none(), entry()),
    ATTRIBUTES(of(USER_PROFILED), of(JOURNEY_ENTERED, USER_ACTED)),
    VARIANT(none(), of(JOURNEY_ENTERED)),
    TEST(none(), of(JOURNEY_ENTERED)),
    PARENT_ENTRY_ID(none(), of(JOURNEY_ENTERED)),
    REASON(of(ENTRY_REJECTED, JOURNEY_EXITED), of(MESSAGE_FAILED)),
    NODE_ID(of(NODE_ENTERED, NODE_EXITED, MESSAGE_SENT, MESSAGE_FAILED, JourneyEventType.OUTCOME), of(JOURNEY_EXITED)),
    VISIT_ID(of(NODE_ENTERED, NODE_EXITED), none()),
    FROM_NODE_ID(none(), of(NODE_ENTERED)),
    EDGE_ID(none(), of(NODE_ENTERED)),
    PARENT_VISIT_ID(none(), of(NODE_ENTERED)),
    OUTCOME(none(), of(NODE_EXITED)),
    CANCELLED(none(), of(NODE_EXITED)),
    MESSAGE_ID(of(MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_ENGAGED), none()),
    CHANNEL(of(MESSAGE_SENT, MESSAGE_FAILED), none()),
    PLATFORM(none(), of(MESSAGE_SENT, MESSAGE_FAILED)),
    COST(none(), of(MESSAGE_SENT, MESSAGE_FAILED)),
    KIND(of(MESSAGE_ENGAGED), none()),
    LINK(none(), of(MESSAGE_ENGAGED)),
    MACHINE(none(), of(MESSAGE_ENGAGED)),
    NAME(of(JourneyEventType.OUTCOME, USER_ACTED), of(JOURNEY_DEFINED)),
    VALUE(none(), of(JourneyEventType.OUTCOME, USER_ACTED)),
    FROM_VERSION(of(JOURNEY_MIGRATED), none()),
    NODES(none(), of(JOURNEY_DEFINED)),
    EDGES(none(), of(JOURNEY_DEFINED)),
    STAGES(none(), of(JOURNEY_DEFINED)),
    CONVERSION_EVENT(none(), of(JOURNEY_DEFINED)),
    CONVERSION_FILTER(none(), of(JOURNEY_DEFINED)),
    ATTRIBUTION_WINDOW(none(), of(JOURNEY_DEFINED)),
    REENTRY(none(), of(JOURNEY_DEFINED)),
    BPMN(none(), of(JOURNEY_DEFINED)),
    IMPORT_ID(of(IMPORT_FINISHED), of(ENTRY_REJECTED)),
    CONNECTION(of(IMPORT_FINISHED), none()),
    FILE(none(), of(IMPORT_FINISHED)),
    TOTAL(of(IMPORT_FINISHED), none()),
    VALID(of(IMPORT_FINISHED), none()),
    INVALID(of(IMPORT_FINISHED), none()),
    ERRORS(none(), of(IMPORT_FINISHED)),
    CONNECTION_ERROR(none(), of(IMPORT_FINISHED)),
    /** Reserved: only we write it, into stored events. */
    ERASED_MATCHES(none(), of(USER_ACTED));

    private static final DataField[] ALL = values();
    private static final Map<String, DataField> BY_NAME = new HashMap<>();
    private static final long[] KNOWN = new long[JourneyEventType.values().length];
    private static final long[] REQUIRED = new long[KNOWN.length];

    static {
        for (DataField field : ALL) {
            BY_NAME.put(field.wireName, field);
            field.requiredBy.forEach(type -> REQUIRED[type.ordinal()] |= field.bit());
            field.requiredBy.forEach(type -> KNOWN[type.ordinal()] |= field.bit());
            field.optionalFor.forEach(type -> KNOWN[type.ordinal()] |= field.bit());
        }
    }

    final String wireName;
    /** For {@link ContentHash#ofField(long, long)}. */
    final long nameHash;

    private final Set<JourneyEventType> requiredBy;
    private final Set<JourneyEventType> optionalFor;

    DataField(Set<JourneyEventType> requiredBy, Set<JourneyEventType> optionalFor) {
        this.requiredBy = requiredBy;
        this.optionalFor = optionalFor;
        this.wireName = camelCase(name());
        this.nameHash = ContentHash.ofText(wireName);
    }

    long bit() {
        return 1L << ordinal();
    }

    /** The field of that name in that type; null = the type has none, which is to be ignored. */
    static @Nullable DataField of(JourneyEventType type, String name) {
        DataField field = BY_NAME.get(name);
        return field != null && (KNOWN[type.ordinal()] & field.bit()) != 0 ? field : null;
    }

    /** The first required field of the type that is not among {@code seen}; null = all there. */
    static @Nullable DataField missing(JourneyEventType type, long seen) {
        long missing = REQUIRED[type.ordinal()] & ~seen;
        return missing == 0 ? null : ALL[Long.numberOfTrailingZeros(missing)];
    }

    private static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static Set<JourneyEventType> entry() {
        return EnumSet.of(
                JOURNEY_ENTERED,
                NODE_ENTERED,
                NODE_EXITED,
                MESSAGE_SENT,
                MESSAGE_FAILED,
                JourneyEventType.OUTCOME,
                JOURNEY_MIGRATED,
                JOURNEY_EXITED);
    }

    private static Set<JourneyEventType> and(Set<JourneyEventType> types, JourneyEventType... more) {
        types.addAll(Set.of(more));
        return types;
    }

    private static Set<JourneyEventType> of(JourneyEventType... types) {
        return Set.of(types);
    }

    private static Set<JourneyEventType> none() {
        return Set.of();
    }
}
