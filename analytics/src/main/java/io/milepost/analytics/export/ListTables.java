package io.milepost.analytics.export;

import io.milepost.analytics.measure.ListMeasure;
import io.milepost.analytics.measure.ListRow;

/** The columns of lists: who and when, what the list adds, and what is known of the entry. */
public final class ListTables {

    private ListTables() {}

    public static ExportTable<ListRow> of(ListMeasure list) {
        ExportTable<ListRow> table =
                new ExportTable<ListRow>().with("userId", ListRow::userId).with("time", ListRow::time);
        if (list.thing() == ListMeasure.Thing.REJECTION) {
            return table.with("reason", ListRow::reason).with("version", ListRow::version);
        }
        table.with("entryId", ListRow::entryId);
        if (list.thing() != ListMeasure.Thing.EVENT) {
            table.with("nodeId", ListRow::nodeId);
        }
        add(list, table);
        return table.with("version", ListRow::version)
                .with("variant", ListRow::variant)
                .with("test", ListRow::test)
                .with("startedAt", ListRow::startedAt)
                .with("exitedAt", ListRow::exitedAt);
    }

    private static void add(ListMeasure list, ExportTable<ListRow> table) {
        switch (list.thing()) {
            case ENTRY -> {
                table.with("reason", ListRow::reason);
                if (list == ListMeasure.OPEN_ENTRIES) {
                    table.with("openUntil", ListRow::openUntil);
                }
            }
            case VISIT -> table.with("status", ListRow::status).with("outcome", ListRow::outcome);
            case MESSAGE ->
                table.with("messageId", ListRow::messageId)
                        .with("status", ListRow::status)
                        .with("reason", ListRow::reason)
                        .with("channel", ListRow::channel)
                        .with("platform", ListRow::platform)
                        .with("amount", ListRow::amount)
                        .with("currency", ListRow::currency);
            case ENGAGEMENT ->
                table.with("messageId", ListRow::messageId)
                        .with("kind", ListRow::kind)
                        .with("link", ListRow::link)
                        .with("channel", ListRow::channel)
                        .with("platform", ListRow::platform);
            case OUTCOME -> table.with("outcome", ListRow::outcome).with("value", ListRow::value);
            case EVENT ->
                table.with("event", ListRow::event)
                        .with("amount", ListRow::amount)
                        .with("currency", ListRow::currency);
            case REJECTION -> {}
        }
    }
}
