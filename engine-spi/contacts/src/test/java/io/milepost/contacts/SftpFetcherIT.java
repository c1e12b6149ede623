package io.milepost.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.spi.EventSource;
import io.milepost.spi.ImportReport;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.ImportFinished;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyRef;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real SFTP server. */
@SuppressWarnings("NullAway.Init")
class SftpFetcherIT {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String CONTENT = "mail\nanna@example.com\nben\ncleo@example.com\n";

    private final EventSource source = new EventSource("/engines/acme/prod-1");
    private final JourneyRef journey = new JourneyRef("onboarding", 1);
    private final Emitted sink = new Emitted();
    private final KeyPair hostKey = keys();
    private final KeyPair userKey = keys();

    @TempDir
    private Path remote;

    @TempDir
    private Path local;

    private SshServer sshd;
    private int port;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(remote.resolve("out"));
        serve(0);
        port = sshd.getPort();
    }

    private void serve(int at) throws IOException {
        sshd = SshServer.setUpDefaultServer();
        sshd.setHost("127.0.0.1");
        sshd.setPort(at);
        sshd.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        sshd.setPasswordAuthenticator((user, password, session) -> user.equals("shop") && password.equals("secret"));
        sshd.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
        sshd.setFileSystemFactory(new VirtualFileSystemFactory(remote));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(new SftpEventListener() {
            @Override
            public void opening(ServerSession session, String remoteHandle, Handle localHandle) throws IOException {
                if (localHandle.getFile().toString().endsWith("closed.csv")) {
                    throw new AccessDeniedException("closed.csv");
                }
            }
        });
        sshd.setSubsystemFactories(List.of(sftp));
        sshd.start();
    }

    @AfterEach
    void stop() throws IOException {
        sshd.stop(true);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SftpServer server() {
        return SftpServer.at("127.0.0.1", KeyUtils.getFingerPrint(hostKey.getPublic()), "shop")
                .withPort(port)
                .withPassword("secret")
                .withFolder("/out")
                .withNames("*.csv")
                .withPatience(Duration.ofSeconds(10));
    }

    private SftpFetcher fetcher(SftpServer server, Path folder) throws IOException {
        ContactImport contacts = new ContactImport(
                source,
                journey,
                ContactFormat.ofMails("mail"),
                EntryPoint.telling(source, journey),
                sink,
                Duration.ofSeconds(1));
        return new SftpFetcher(server, contacts, folder, InstantSource.fixed(NOW));
    }

    /** Fetches once, as a service would that is started anew each time. */
    private int fetch(SftpServer server) throws IOException {
        try (SftpFetcher fetcher = fetcher(server, local)) {
            return fetcher.fetch();
        }
    }

    private Path put(String name, Instant writtenAt, String content) throws IOException {
        Path file = Files.writeString(remote.resolve("out").resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(writtenAt));
    }

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private List<ImportReport> reports() {
        return sink.of(ImportFinished.class).stream()
                .map(ImportFinished::report)
                .toList();
    }

    @Test
    void fetchesEachNewFileOnceOldestFirst() throws IOException {
        put("b.csv", ago(10), CONTENT);
        put("a.csv", ago(5), CONTENT);
        put("notes.txt", ago(5), "not for us");
        put(".hidden.csv", ago(5), CONTENT);
        Files.createDirectories(remote.resolve("out/folder.csv"));

        assertThat(fetch(server())).isEqualTo(2);

        assertThat(reports()).extracting(ImportReport::file).containsExactly("b.csv", "a.csv");
        assertThat(reports()).extracting(ImportReport::valid).containsOnly(2L);
        assertThat(reports())
                .extracting(ImportReport::connection)
                .containsOnly("sftp://shop@127.0.0.1:" + port + "/out");
        assertThat(sink.of(JourneyEntered.class))
                .extracting(JourneyEvent::time)
                .containsExactly(ago(10), ago(10), ago(5), ago(5));

        put("c.csv", ago(2), CONTENT);
        assertThat(fetch(server())).isEqualTo(1);
        assertThat(fetch(server())).isZero();
        assertThat(reports()).hasSize(3);
    }

    @Test
    void aFileFetchedAgainIsTheSameImport(@TempDir Path other) throws IOException {
        put("a.csv", ago(10), CONTENT);
        fetch(server());
        List<JourneyEvent> first = List.copyOf(sink.events);
        sink.events.clear();

        try (SftpFetcher forgetful = fetcher(server(), other)) {
            assertThat(forgetful.fetch()).isEqualTo(1);
        }

        assertThat(sink.events).isEqualTo(first);
    }

    @Test
    void aChangedFileIsAnotherImport() throws IOException {
        put("a.csv", ago(10), CONTENT);
        fetch(server());
        put("a.csv", ago(5), CONTENT);

        assertThat(fetch(server())).isEqualTo(1);
        assertThat(reports())
                .extracting(ImportReport::importId)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void leavesAFileThatIsStillBeingWritten() throws IOException {
        put("a.csv", NOW.minusSeconds(30), CONTENT);
        put("tomorrow.csv", NOW.plusSeconds(86_400), CONTENT);

        assertThat(fetch(server())).isZero();
        assertThat(fetch(server().withSettle(Duration.ofSeconds(20)))).isEqualTo(1);
        assertThat(reports()).extracting(ImportReport::file).containsExactly("a.csv");
    }

    @Test
    void whatDidNotArriveIsFetchedAgain() throws IOException {
        put("a.csv", ago(10), CONTENT);
        sink.arrives = false;
        assertThatThrownBy(() -> fetch(server())).isInstanceOf(UndeliveredException.class);
        List<JourneyEvent> first = List.copyOf(sink.events);
        sink.events.clear();
        sink.arrives = true;

        assertThat(fetch(server())).isEqualTo(1);
        assertThat(sink.events).isEqualTo(first);
    }

    @Test
    void tellsOnceThatTheServerIsAwayAndGoesOnWhenItIsBack() throws IOException {
        put("a.csv", ago(10), CONTENT);
        try (SftpFetcher fetcher = fetcher(server(), local)) {
            sshd.stop(true);
            assertThat(fetcher.fetch()).isZero();
            assertThat(fetcher.fetch()).isZero();
            assertThat(reports()).hasSize(1);
            assertThat(reports().get(0).connectionError()).isNotBlank();
            assertThat(reports().get(0).file()).isNull();
            assertThat(reports().get(0).total()).isZero();
            assertThat(sink.events.get(0).time()).isEqualTo(NOW);

            serve(port);
            assertThat(fetcher.fetch()).isEqualTo(1);
        }
    }

    @Test
    void tellsWhyItWasNotLetIn() throws IOException {
        put("a.csv", ago(10), CONTENT);

        assertThat(fetch(server().withPassword("wrong"))).isZero();
        assertThat(fetch(server().withFolder("/nowhere"))).isZero();

        assertThat(reports()).hasSize(2).allMatch(report -> report.connectionError() != null);
        assertThat(reports()).noneMatch(report -> report.toString().contains("wrong"));
    }

    @Test
    void saysNothingToAServerWithAnotherKey() throws IOException {
        put("a.csv", ago(10), CONTENT);
        SftpServer other = SftpServer.at("127.0.0.1", KeyUtils.getFingerPrint(userKey.getPublic()), "shop")
                .withPort(port)
                .withPassword("secret")
                .withFolder("/out");

        assertThat(fetch(other)).isZero();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void logsInWithAKey() throws IOException {
        put("a.csv", ago(10), CONTENT);
        SftpServer keyed = SftpServer.at("127.0.0.1", KeyUtils.getFingerPrint(hostKey.getPublic()), "shop")
                .withPort(port)
                .withKey(userKey)
                .withFolder("/out");

        assertThat(fetch(keyed)).isEqualTo(1);
    }

    @Test
    void tellsOfFilesThatCannotBeUsedAndTakesTheOthers() throws IOException {
        put("1.csv", ago(12), "mail\n" + "anna@example.com\n".repeat(100));
        put("2.csv", ago(11), "name\nAnna\n");
        put("3.csv", ago(10), CONTENT);

        assertThat(fetch(server().withLargestBytes(1_000))).isEqualTo(2);
        assertThat(fetch(server().withLargestBytes(1_000))).isZero();

        assertThat(reports())
                .extracting(ImportReport::connectionError)
                .containsExactly("the file has 1705 bytes, more than 1000", "the file has no column mail", null);
    }

    @Test
    void aFileThatIsNotGivenStopsNoOther() throws IOException {
        put("1-closed.csv", ago(12), CONTENT);
        put("2.csv", ago(11), CONTENT);
        try (SftpFetcher fetcher = fetcher(server(), local)) {
            assertThat(fetcher.fetch()).isEqualTo(1);
            assertThat(fetcher.fetch()).isZero();
            assertThat(reports()).extracting(ImportReport::file).containsExactly("1-closed.csv", "2.csv");
        }
    }

    @Test
    void takesNamesOfAnyKind() throws IOException {
        for (String name : List.of("=cmd|' .csv", "Grüße 😀.csv", "a\nb.csv", "%00.csv")) {
            put(name, ago(10), CONTENT);
        }

        assertThat(fetch(server())).isEqualTo(4);
        assertThat(reports()).extracting(ImportReport::file).contains("=cmd|' .csv", "Grüße 😀.csv", "a\nb.csv");
    }
}
