package io.milepost.flowable;

import org.flowable.engine.repository.ProcessDefinition;

/** A process definition's key is the journey; of a tenant, {@code tenant:key}, since versions count for each tenant. */
final class JourneyIds {
    private JourneyIds() {}

    static String of(ProcessDefinition definition) {
        String tenant = definition.getTenantId();
        // A key is an XML name without a colon, so no two pairs give the same id.
        return tenant == null || tenant.isEmpty() ? definition.getKey() : tenant + ':' + definition.getKey();
    }
}
