package io.milepost.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.milepost.spi.EventSource;
import io.milepost.spi.ImportReport;
import io.milepost.spi.ImportReport.RowError;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.EntryRejected;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactImportTest {

    private static final Instant WRITTEN = Instant.parse("2026-03-01T06:00:00Z");
    private static final String CONNECTION = "sftp://crm.example.com/out";

    private final EventSource source = new EventSource("/engines/acme/prod-1");
    private final JourneyRef journey = new JourneyRef("onboarding", 3);
    private final Emitted sink = new Emitted();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ContactImport contacts(EntryPoint entries) {
        ContactFormat format = ContactFormat.ofMails("mail").withAttributes("city");
        return new ContactImport(source, journey, format, entries, sink, Duration.ofSeconds(1));
    }

    private ContactImport telling() {
        return contacts(EntryPoint.telling(source, journey));
    }

    private ContactFile file(String name, Instant writtenAt, String content) throws IOException {
        Path copy = Files.writeString(folder.resolve("copy"), content);
        return new ContactFile(CONNECTION, name, writtenAt, copy);
    }

    @Test
    void tellsOfEachEntryOfEachRejectionAndOfTheImport() throws IOException {
        ImportReport report = telling()
                .run(file("a.csv", WRITTEN, "mail,city\nanna@example.com,Berlin\nben,\n,\ncleo@example.com,\n"));

        assertThat(report.connection()).isEqualTo(CONNECTION);
        assertThat(report.file()).isEqualTo("a.csv");
        assertThat(List.of(report.total(), report.valid(), report.invalid())).containsExactly(4L, 2L, 2L);
        assertThat(report.errors()).containsExactly(new RowError(3, "invalid-mail"), new RowError(4, "empty"));
        assertThat(report.connectionError()).isNull();
        List<JourneyEntered> entered = sink.of(JourneyEntered.class);
        assertThat(entered)
                .extracting(event -> event.entry().userId())
                .containsExactly("anna@example.com", "cleo@example.com");
        assertThat(entered.get(0).attributes()).isEqualTo(Map.of("city", "Berlin"));
        assertThat(entered.get(0).entry().version()).isEqualTo(3);
        assertThat(sink.of(EntryRejected.class))
                .extracting(EntryRejected::reason, EntryRejected::importId)
                .containsOnly(tuple("invalid", report.importId()));
        assertThat(sink.of(ImportFinished.class))
                .extracting(ImportFinished::report)
                .containsExactly(report);
        assertThat(sink.events).extracting(JourneyEvent::time).containsOnly(WRITTEN);
    }

    @Test
    void theSameFileAgainIsTheSameImportAndAnotherOneIsNot() throws IOException {
        String content = "mail,city\nanna@example.com,\nben,\n";
        telling().run(file("a.csv", WRITTEN, content));
        List<JourneyEvent> first = List.copyOf(sink.events);
        sink.events.clear();

        telling().run(file("a.csv", WRITTEN, content));
        assertThat(sink.events).isEqualTo(first);

        telling().run(file("a.csv", WRITTEN.plusSeconds(1), content));
        telling().run(file("b.csv", WRITTEN, content));
        telling().run(file("a.csv", WRITTEN, content + "cleo@example.com,\n"));
        assertThat(new HashSet<>(sink.events.stream().map(JourneyEvent::id).toList()))
                .hasSize(3 + 3 + 3 + 4);
    }

    @Test
    void anEngineThatTellsOfItselfIsHandedTheContacts() throws IOException {
        List<String> started = new ArrayList<>();

        ImportReport report = contacts((contact, entryId, at) -> {
                    started.add(entryId + " " + contact.mail());
                    return List.of();
                })
                .run(file("a.csv", WRITTEN, "mail,city\nanna@example.com,\nben@example.com,\n"));

        assertThat(started)
                .containsExactly(report.importId() + "-2 anna@example.com", report.importId() + "-3 ben@example.com");
        assertThat(sink.events).hasSize(1);
    }

    @Test
    void aFileWithoutItsColumnsIsTold() throws IOException {
        ImportReport report = telling().run(file("a.csv", WRITTEN, "name\nAnna\n"));

        assertThat(report.total()).isZero();
        assertThat(report.connectionError()).isEqualTo("the file has no column mail");
        assertThat(sink.events).hasSize(1);
    }

    @Test
    void countsAllErrorsButTellsOnlySome() throws IOException {
        ImportReport report = telling().run(file("a.csv", WRITTEN, "mail,city\n" + "ben,\n".repeat(12_000)));

        assertThat(report.invalid()).isEqualTo(12_000);
        assertThat(report.errors()).hasSize(500);
        assertThat(sink.of(EntryRejected.class)).hasSize(12_000);
    }

    @Test
    void isNotOverUntilAllHasArrived() {
        sink.arrives = false;

        assertThatThrownBy(() -> telling().run(file("a.csv", WRITTEN, "mail,city\nanna@example.com,\n")))
                .isInstanceOf(UndeliveredException.class);
    }
}
