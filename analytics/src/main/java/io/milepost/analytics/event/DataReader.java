package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.milepost.analytics.event.AcceptedEvent.ErasedMatch;
import io.milepost.analytics.event.AcceptedEvent.ImportError;
import io.milepost.analytics.event.AcceptedEvent.ImportReport;
import io.milepost.spi.JourneyEventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code data} into an event whose type is known. One for each parser. */
final class DataReader {

    private static final List<String> EXIT_REASONS = List.of("completed", "cancelled", "expired", "failed", "goal");

    private final JsonParser parser;
    private final Values values;
    private final DefinitionReader definition;
    private final boolean stored;
    private ImportDraft imported = new ImportDraft();
    private long seen;

    /** @param stored whether we wrote the event: reserved fields are known then, and refused otherwise */
    DataReader(JsonParser parser, boolean stored) {
        this.parser = parser;
        this.stored = stored;
        this.values = new Values(parser, !stored);
        this.definition = new DefinitionReader(values, parser);
    }

    /** Reads the object the parser stands on, and returns its content hash, which is undefined for a stored one. */
    long read(AcceptedEvent event) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Fault.invalid("data", "expected an object");
        }
        try {
            return readFields(event);
        } catch (Fault fault) {
            throw fault.within("data");
        }
    }

    private long readFields(AcceptedEvent event) throws IOException, Fault {
        JourneyEventType type = event.type;
        seen = 0;
        if (type == JourneyEventType.JOURNEY_DEFINED) {
            definition.begin();
        } else if (type == JourneyEventType.IMPORT_FINISHED) {
            imported = new ImportDraft();
        }
        long sum = ContentHash.EMPTY_OBJECT;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            DataField field = DataField.of(type, name);
            if (field == null) {
                values.any();
                sum += stored ? 0 : ContentHash.ofField(name, values.hash);
            } else {
                readOnce(field, event);
                sum += ContentHash.ofField(field.nameHash, values.hash);
            }
        }
        finish(event);
        return ContentHash.ofObject(sum);
    }

    private void readOnce(DataField field, AcceptedEvent event) throws IOException, Fault {
        if ((seen & field.bit()) != 0) {
            throw Fault.invalid(field.wireName, "given twice");
        }
        seen |= field.bit();
        readField(field, field.wireName, event);
    }

    private void finish(AcceptedEvent event) throws Fault {
        DataField missing = DataField.missing(event.type, seen);
        if (missing != null) {
            throw Fault.missing(missing.wireName);
        }
        if (event.type == JourneyEventType.JOURNEY_DEFINED) {
            event.definition = definition.finish(event.journeyId, event.version);
        } else if (event.type == JourneyEventType.IMPORT_FINISHED) {
            event.importReport = imported.finish();
        }
    }

    private void readField(DataField field, String name, AcceptedEvent event) throws IOException, Fault {
        switch (field) {
            case JOURNEY_ID -> event.journeyId = values.identifier(name);
            case VERSION -> event.version = values.integer(name, 1);
            case ENTRY_ID -> event.entryId = values.identifier(name);
            case USER_ID -> event.userId = values.identifier(name);
            case SEQUENCE -> event.sequence = values.integer(name, Long.MIN_VALUE);
            case ATTRIBUTES -> event.attributes = values.attributes(name);
            case VARIANT -> event.variant = values.text(name);
            case TEST -> event.test = values.bool(name);
            case PARENT_ENTRY_ID -> event.parentEntryId = values.identifier(name);
            case REASON -> event.reason = reason(name, event.type);
            case NODE_ID -> event.nodeId = values.identifier(name);
            case VISIT_ID -> event.visitId = values.identifier(name);
            case FROM_NODE_ID -> event.fromNodeId = values.identifier(name);
            case EDGE_ID -> event.edgeId = values.identifier(name);
            case PARENT_VISIT_ID -> event.parentVisitId = values.identifier(name);
            case OUTCOME -> event.outcome = values.text(name);
            case CANCELLED -> event.cancelled = values.bool(name);
            case MESSAGE_ID -> event.messageId = values.identifier(name);
            case CHANNEL -> event.channel = values.word(name);
            case PLATFORM -> event.platform = values.word(name);
            case COST -> readMoney(name, event, true);
            case KIND -> event.kind = values.word(name);
            case LINK -> event.link = values.text(name);
            case MACHINE -> event.machine = values.bool(name);
            case NAME -> readName(name, event);
            case VALUE -> readValue(name, event);
            case FROM_VERSION -> event.fromVersion = values.integer(name, 1);
            case IMPORT_ID -> event.importId = values.identifier(name);
            case CONNECTION, FILE, TOTAL, VALID, INVALID, ERRORS, CONNECTION_ERROR -> readImport(field, name);
            case ERASED_MATCHES -> event.erasedMatches = readErasedMatches(name);
            default -> definition.read(field, name);
        }
    }

    private List<ErasedMatch> readErasedMatches(String field) throws IOException, Fault {
        if (!stored) {
            throw Fault.invalid(field, "reserved, may not be sent");
        }
        return List.copyOf(values.list(field, () -> {
            String[] journeyId = new String[1];
            long[] version = new long[1];
            values.object(null, name -> {
                switch (name) {
                    case "journeyId" -> journeyId[0] = values.identifier(name);
                    case "version" -> version[0] = values.integer(name, 1);
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            if (journeyId[0] == null) {
                throw Fault.missing("journeyId");
            }
            return new ErasedMatch(journeyId[0], version[0]);
        }));
    }

    private String reason(String name, JourneyEventType type) throws IOException, Fault {
        return switch (type) {
            case ENTRY_REJECTED -> values.word(name);
            case JOURNEY_EXITED -> values.oneOf(name, EXIT_REASONS);
            default -> values.text(name);
        };
    }

    private void readName(String name, AcceptedEvent event) throws IOException, Fault {
        if (event.type == JourneyEventType.JOURNEY_DEFINED) {
            definition.read(DataField.NAME, name);
        } else {
            event.name = values.text(name);
        }
    }

    private void readValue(String name, AcceptedEvent event) throws IOException, Fault {
        if (event.type == JourneyEventType.USER_ACTED) {
            readMoney(name, event, false);
            return;
        }
        JsonToken token = parser.currentToken();
        if (token == null || !(token == JsonToken.VALUE_STRING || token.isNumeric())) {
            throw Fault.invalid(name, "expected a string or a number");
        }
        event.value = values.scalar(name);
    }

    private void readMoney(String field, AcceptedEvent event, boolean currencyRequired) throws IOException, Fault {
        values.object(field, name -> {
            switch (name) {
                case "amount" -> event.amount = once(name, event.amount, values.amount(name));
                case "currency" -> event.currency = once(name, event.currency, values.nonEmptyText(name));
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (event.amount == null) {
            throw Fault.missing(field + ".amount");
        }
        if (currencyRequired && event.currency == null) {
            throw Fault.missing(field + ".currency");
        }
    }

    private static <T> T once(String name, @Nullable T before, T value) throws Fault {
        if (before != null) {
            throw Fault.invalid(name, "given twice");
        }
        return value;
    }

    private void readImport(DataField field, String name) throws IOException, Fault {
        switch (field) {
            case CONNECTION -> imported.connection = values.text(name);
            case FILE -> imported.file = values.text(name);
            case TOTAL -> imported.total = values.integer(name, 0);
            case VALID -> imported.valid = values.integer(name, 0);
            case INVALID -> imported.invalid = values.integer(name, 0);
            case ERRORS -> imported.errors = values.list(name, this::importError);
            default -> imported.connectionError = values.text(name);
        }
    }

    private ImportError importError() throws IOException, Fault {
        BigDecimal[] row = new BigDecimal[1];
        String[] reason = new String[1];
        values.object(null, name -> {
            switch (name) {
                case "row" -> row[0] = once(name, row[0], BigDecimal.valueOf(values.integer(name, Long.MIN_VALUE)));
                case "reason" -> reason[0] = once(name, reason[0], values.text(name));
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (row[0] == null) {
            throw Fault.missing("row");
        }
        if (reason[0] == null) {
            throw Fault.missing("reason");
        }
        return new ImportError(row[0].longValue(), reason[0]);
    }

    /** What is known so far of an import, and whether it adds up. */
    private static final class ImportDraft {
        private @Nullable String connection;
        private @Nullable String file;
        private long total;
        private long valid;
        private long invalid;
        private List<ImportError> errors = List.of();
        private @Nullable String connectionError;

        ImportReport finish() throws Fault {
            if (valid > total || invalid != total - valid) {
                throw Fault.invalid("total", "expected the sum of valid and invalid");
            }
            if (connection == null) {
                throw Fault.missing("connection");
            }
            return new ImportReport(connection, file, total, valid, invalid, List.copyOf(errors), connectionError);
        }
    }
}
