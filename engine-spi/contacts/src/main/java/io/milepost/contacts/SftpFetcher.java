package io.milepost.contacts;

import io.milepost.contacts.SftpFolder.ConnectionException;
import io.milepost.contacts.SftpFolder.Found;
import io.milepost.contacts.SftpFolder.RefusedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches new contact files from an SFTP server and imports them. Nothing is changed on the server.
 *
 * <p>A file is new until all that its import told has arrived; what was fetched is kept in a folder over restarts. A file
 * that is fetched again, after a halt or a lost folder, is the same import and counts once. A file that was changed is
 * another one. Any thread, one at a time.
 */
public final class SftpFetcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SftpFetcher.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int HEARTBEATS_MISSED = 3;

    private final SftpServer server;
    private final Pattern names;
    private final ContactImport contacts;
    private final Path folder;
    private final FetchedFiles fetched;
    private final InstantSource clock;
    private final SshClient client;
    private final Set<String> refused = new HashSet<>();
    private @Nullable String lastError;

    /**
     * @param folder this fetcher's alone
     * @throws IOException where the folder cannot be read
     */
    public SftpFetcher(SftpServer server, ContactImport contacts, Path folder, InstantSource clock) throws IOException {
        this.server = server;
        this.names = server.pattern();
        this.contacts = contacts;
        this.folder = folder;
        this.fetched = new FetchedFiles(folder);
        this.clock = clock;
        this.client = client(server);
        client.start();
    }

    /** One that looks at nothing of this machine's user: no settings, no keys, no known hosts. */
    private static SshClient client(SftpServer server) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier((session, address, key) -> isOf(server, address, key));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
        return client;
    }

    private static boolean isOf(SftpServer server, SocketAddress address, PublicKey key) {
        String fingerprint = KeyUtils.getFingerPrint(key);
        boolean known = server.hostKey().equals(fingerprint);
        if (!known) {
            LOG.warn("{} has the key {}, not the one it should", address, fingerprint);
        }
        return known;
    }

    /**
     * Looks once, and imports what is new, oldest first. Blocks as long as that takes. An error of the connection is told
     * as an import without rows, again only when it has become another one, and ends the look; what was left is fetched
     * by the next one.
     *
     * @return how many files were imported
     * @throws UndeliveredException where the sink did not bring all home: a later look goes on
     * @throws IOException where this machine's disk fails
     */
    public synchronized int fetch() throws IOException {
        int imported = 0;
        try (SftpFolder remote = SftpFolder.open(client, server)) {
            for (Found file : news(remote)) {
                imported += take(remote, file) ? 1 : 0;
            }
            lastError = null;
        } catch (ConnectionException e) {
            String error = Objects.requireNonNull(e.getMessage());
            LOG.warn("no contacts from {}: {}", server, error);
            if (!error.equals(lastError)) {
                contacts.failed(server.connection(), null, error, clock.instant());
                lastError = error;
            }
        }
        return imported;
    }

    private List<Found> news(SftpFolder remote) throws ConnectionException {
        Instant settled = clock.instant().minus(server.settle());
        return remote.files().stream()
                .filter(file -> !file.name().startsWith("."))
                .filter(file -> names.matcher(file.name()).matches())
                .filter(file -> !file.writtenAt().isAfter(settled))
                .filter(file -> !fetched.has(id(file)))
                .sorted(Comparator.comparing(Found::writtenAt).thenComparing(Found::name))
                .toList();
    }

    /** By what a file is known again. */
    private String id(Found file) {
        return new Fingerprint()
                .of(server.connection(), file.name(), file.writtenAt().toString(), Long.toString(file.size()))
                .id();
    }

    private boolean take(SftpFolder remote, Found file) throws IOException {
        if (file.size() > server.largestBytes()) {
            String error = "the file has " + file.size() + " bytes, more than " + server.largestBytes();
            contacts.failed(server.connection(), file.name(), error, file.writtenAt());
            fetched.add(id(file));
            return false;
        }
        Path copy = folder.resolve("copy");
        try {
            if (!copy(remote, file, copy)) {
                return false;
            }
            contacts.run(new ContactFile(server.connection(), file.name(), file.writtenAt(), copy));
            fetched.add(id(file));
            return true;
        } catch (RefusedFileException e) {
            refused(file, Objects.requireNonNull(e.getMessage()));
            return false;
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** It is tried again by each look, and told once. */
    private void refused(Found file, String error) throws UndeliveredException {
        LOG.warn("{} does not give a file: {}", server, error);
        if (!refused.contains(id(file))) {
            contacts.failed(server.connection(), file.name(), error, clock.instant());
            refused.add(id(file));
        }
    }

    /** False = it changed meanwhile. */
    private static boolean copy(SftpFolder remote, Found file, Path copy) throws IOException {
        byte[] some = new byte[1 << 15];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(copy);
                InputStream in = remote.read(file.name())) {
            for (int read = in.read(some); read >= 0 && size <= file.size(); read = in.read(some)) {
                size += read;
                out.write(some, 0, read);
            }
        }
        return size == file.size() && file.equals(remote.look(file.name()));
    }

    @Override
    public void close() {
        client.stop();
    }
}
