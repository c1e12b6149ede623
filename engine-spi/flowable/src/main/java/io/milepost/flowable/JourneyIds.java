package io.milepost.flowable;

import org.flowable.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

/** A process definition's key is the journey; of a tenant, {@code tenant:key}, since versions count for each tenant. */
final class JourneyIds {
    private JourneyIds() {}

    static String of(ProcessDefinition definition) {
        return of(definition.getKey(), definition.getTenantId());
    }

    static String of(String key, @Nullable String tenant) {
        // A key is an XML name without a colon, so no two pairs give the same id.
        return tenant == null || tenant.isEmpty() ? key : tenant + ':' + key;
    }
}
