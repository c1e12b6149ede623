package io.milepost.contacts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;

/** The folder of a server, as long as the connection holds. One thread. */
final class SftpFolder implements AutoCloseable {

    private final SftpServer server;
    private final ClientSession session;
    private final SftpClient sftp;

    private SftpFolder(SftpServer server, ClientSession session, SftpClient sftp) {
        this.server = server;
        this.session = session;
        this.sftp = sftp;
    }

    /** A file on the server. */
    record Found(String name, Instant writtenAt, long size) {}

    /** The server is not there, does not let anybody in, or is gone. The message is for people. */
    static final class ConnectionException extends IOException {
        private static final long serialVersionUID = 1L;

        ConnectionException(IOException cause) {
            super(text(cause), cause);
        }
    }

    /** The server is there, but does not give this file. The message is for people. */
    static final class RefusedFileException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedFileException(IOException cause) {
            super(text(cause), cause);
        }
    }

    private static String text(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    static SftpFolder open(SshClient client, SftpServer server) throws ConnectionException {
        try {
            ClientSession session = client.connect(server.user(), server.host(), server.port())
                    .verify(server.patience())
                    .getClientSession();
            try {
                logIn(session, server);
                return new SftpFolder(
                        server, session, SftpClientFactory.instance().createSftpClient(session));
            } catch (IOException e) {
                session.close(true);
                throw e;
            }
        } catch (IOException e) {
            throw new ConnectionException(e);
        }
    }

    private static void logIn(ClientSession session, SftpServer server) throws IOException {
        if (server.key() != null) {
            session.addPublicKeyIdentity(server.key());
        }
        if (server.password() != null) {
            session.addPasswordIdentity(server.password());
        }
        session.auth().verify(server.patience());
    }

    /** All regular files whose names are no paths, whatever the server says. */
    List<Found> files() throws ConnectionException {
        List<Found> files = new ArrayList<>();
        try {
            for (DirEntry entry : sftp.readEntries(server.folder())) {
                if (entry.getAttributes().isRegularFile() && isName(entry.getFilename())) {
                    files.add(found(entry.getFilename(), entry.getAttributes()));
                }
            }
            return files;
        } catch (UncheckedIOException e) {
            throw new ConnectionException(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new ConnectionException(e);
        }
    }

    private static boolean isName(String text) {
        return text.indexOf('/') < 0 && text.indexOf('\\') < 0 && text.indexOf('\0') < 0;
    }

    private static Found found(String name, Attributes attributes) throws IOException {
        if (attributes.getModifyTime() == null) {
            throw new IOException("the server does not say when files were changed");
        }
        return new Found(name, attributes.getModifyTime().toInstant(), attributes.getSize());
    }

    /** The file as it is now. */
    Found look(String name) throws IOException {
        try {
            return found(name, sftp.stat(path(name)));
        } catch (IOException e) {
            throw told(e);
        }
    }

    InputStream read(String name) throws IOException {
        try {
            return new Content(sftp.read(path(name)));
        } catch (IOException e) {
            throw told(e);
        }
    }

    private String path(String name) {
        return server.folder() + "/" + name;
    }

    private static IOException told(IOException e) {
        return e instanceof SftpException ? new RefusedFileException(e) : new ConnectionException(e);
    }

    /** Tells the server's failures from those of this machine. */
    private static final class Content extends FilterInputStream {

        Content(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } catch (IOException e) {
                throw told(e);
            }
        }
    }

    /** Whatever the server thinks of it. */
    @Override
    public void close() {
        session.close(true);
    }
}
