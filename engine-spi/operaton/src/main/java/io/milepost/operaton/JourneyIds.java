package io.milepost.operaton;

import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** A process definition's key is the journey; of a tenant, {@code tenant:key}, since versions count for each tenant. */
final class JourneyIds {
    private JourneyIds() {}

    static String of(ProcessDefinitionEntity definition) {
        return of(definition.getKey(), definition.getTenantId());
    }

    static String of(String key, @Nullable String tenant) {
        // A key is an XML name without a colon, so no two pairs give the same id.
        return tenant == null ? key : tenant + ':' + key;
    }
}
