package io.milepost.contacts;

import io.milepost.spi.EventSource;
import io.milepost.spi.ImportReport;
import io.milepost.spi.ImportReport.RowError;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.JourneyRef;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings contact files into a journey: lets the valid rows enter, tells of each that was turned away (an entry rejected
 * as {@code invalid}), and last of the import. All ids follow from the file, so an import that is run again changes
 * nothing. Any thread.
 */
public final class ContactImport {

    /** Told of one import, so that its event stays well below what an event may be large. */
    private static final int MOST_ERRORS = 500;

    private static final int BATCH_EVENTS = 500;
    /** After so many the sink is waited for: less than any queue has room for. */
    private static final int EVENTS_AT_ONCE = 4_000;

    private final EventSource source;
    private final JourneyRef journey;
    private final ContactReader reader;
    private final EntryPoint entries;
    private final JourneyEventSink sink;
    private final Duration patience;

    /**
     * @param patience how long some thousand events may take to arrive
     */
    public ContactImport(
            EventSource source,
            JourneyRef journey,
            ContactFormat format,
            EntryPoint entries,
            JourneyEventSink sink,
            Duration patience) {
        this.source = source;
        this.journey = journey;
        this.reader = new ContactReader(format);
        this.entries = entries;
        this.sink = sink;
        this.patience = patience;
    }

    /**
     * Reads a file and tells of it. Blocks until all has arrived. A file that cannot be used, for it lacks a column, is
     * told with that as its error, and no rows.
     *
     * @return what was told of it
     * @throws UndeliveredException where the sink did not bring all of it home in time: run it again
     * @throws IOException where the content cannot be read: nobody was told how the import ended
     */
    public ImportReport run(ContactFile file) throws IOException {
        Telling telling = new Telling(file, file.importId());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.content()))) {
            reader.read(in, telling);
            return telling.end(null);
        } catch (UnusableFileException e) {
            return telling.end(e.getMessage());
        }
    }

    /**
     * Tells that no contacts came: of an import without rows. Blocks until that has arrived.
     *
     * @param file null = it did not come to a file
     * @param error for people
     * @throws UndeliveredException where the sink did not bring it home in time
     */
    public void failed(String connection, @Nullable String file, String error, Instant at) throws UndeliveredException {
        String importId = new Fingerprint()
                .of(connection, String.valueOf(file), at.toString())
                .id();
        ImportReport report = new ImportReport(importId, connection, file, 0, 0, 0, List.of(), error);
        sink.emit(JourneyEventBatch.of(source.importFinished(at, journey.journeyId(), report)));
        await(importId);
    }

    private void await(String importId) throws UndeliveredException {
        if (!sink.flush(patience)) {
            throw new UndeliveredException("import " + importId + " did not arrive within " + patience);
        }
    }

    /** Tells of one file, some rows at a time. */
    private final class Telling implements ContactRows {

        private final ContactFile file;
        private final String importId;
        private final List<JourneyEvent> events = new ArrayList<>();
        private final List<RowError> errors = new ArrayList<>();
        private long valid;
        private long invalid;
        private int underway;

        Telling(ContactFile file, String importId) {
            this.file = file;
            this.importId = importId;
        }

        @Override
        public void valid(Contact contact) throws IOException {
            valid++;
            tell(entries.enter(contact, importId + "-" + contact.row(), file.writtenAt()));
        }

        @Override
        public void invalid(RowError error) throws IOException {
            invalid++;
            if (errors.size() < MOST_ERRORS) {
                errors.add(error);
            }
            tell(List.of(new JourneyEvent.EntryRejected(
                    source.envelope(
                            JourneyEventType.ENTRY_REJECTED,
                            file.writtenAt(),
                            journey.journeyId(),
                            importId,
                            Long.toString(error.row())),
                    journey,
                    null,
                    "invalid",
                    importId)));
        }

        private void tell(List<JourneyEvent> more) throws IOException {
            events.addAll(more);
            if (events.size() >= BATCH_EVENTS) {
                emit();
            }
        }

        private void emit() throws IOException {
            underway += events.size();
            sink.emit(new JourneyEventBatch(events));
            events.clear();
            if (underway >= EVENTS_AT_ONCE) {
                await(importId);
                underway = 0;
            }
        }

        ImportReport end(@Nullable String error) throws IOException {
            ImportReport report = new ImportReport(
                    importId, file.connection(), file.name(), valid + invalid, valid, invalid, errors, error);
            events.add(source.importFinished(file.writtenAt(), journey.journeyId(), report));
            emit();
            await(importId);
            return report;
        }
    }
}
