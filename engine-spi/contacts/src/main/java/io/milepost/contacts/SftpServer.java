package io.milepost.contacts;

import java.security.KeyPair;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of an SFTP server that contact files are put into.
 *
 * @param hostKey fingerprint that the server's key must have, as {@code ssh-keygen -l} shows it, e.g. {@code SHA256:…}
 * @param password null = none
 * @param key null = none
 * @param folder absolute, or below the user's home; folders below it are not looked into
 * @param names of the files that are fetched, e.g. {@code *.csv}; {@code *} stands for any text, {@code ?} for one
 *     character
 * @param settle how long a file must not have changed before it is taken: one that is being written is left alone
 * @param largestBytes a larger file is told as an error and not fetched
 * @param patience how long to wait for the server
 */
public record SftpServer(
        String host,
        int port,
        String hostKey,
        String user,
        @Nullable String password,
        @Nullable KeyPair key,
        String folder,
        String names,
        Duration settle,
        long largestBytes,
        Duration patience) {

    private static final int STANDARD_PORT = 22;
    private static final int LONGEST_NAME = 200;
    private static final long LARGEST = 256L << 20;

    public SftpServer {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, not " + port);
        }
        if (!hostKey.startsWith("SHA256:")) {
            throw new IllegalArgumentException(
                    "hostKey must be a fingerprint such as SHA256:…, as ssh-keygen -l shows it");
        }
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("folder must be a path, . for the user's home");
        }
        if (connection(user, host, port, folder).length() > LONGEST_NAME) {
            throw new IllegalArgumentException("user, host and folder must have less than 200 characters together");
        }
        if (settle.isNegative() || patience.isNegative() || patience.isZero() || largestBytes < 1) {
            throw new IllegalArgumentException("settle must not be negative, patience and largestBytes be more than 0");
        }
    }

    /** With the standard port, the user's home, all names, a minute to settle, 256 MiB and 30 s; no way yet to log in. */
    public static SftpServer at(String host, String hostKey, String user) {
        return new SftpServer(
                host,
                STANDARD_PORT,
                hostKey,
                user,
                null,
                null,
                ".",
                "*",
                Duration.ofMinutes(1),
                LARGEST,
                Duration.ofSeconds(30));
    }

    public SftpServer withPort(int number) {
        return new SftpServer(
                host, number, hostKey, user, password, key, folder, names, settle, largestBytes, patience);
    }

    public SftpServer withPassword(String secret) {
        return new SftpServer(host, port, hostKey, user, secret, key, folder, names, settle, largestBytes, patience);
    }

    public SftpServer withKey(KeyPair pair) {
        return new SftpServer(host, port, hostKey, user, password, pair, folder, names, settle, largestBytes, patience);
    }

    public SftpServer withFolder(String path) {
        return new SftpServer(host, port, hostKey, user, password, key, path, names, settle, largestBytes, patience);
    }

    public SftpServer withNames(String glob) {
        return new SftpServer(host, port, hostKey, user, password, key, folder, glob, settle, largestBytes, patience);
    }

    public SftpServer withSettle(Duration unchanged) {
        return new SftpServer(
                host, port, hostKey, user, password, key, folder, names, unchanged, largestBytes, patience);
    }

    public SftpServer withLargestBytes(long bytes) {
        return new SftpServer(host, port, hostKey, user, password, key, folder, names, settle, bytes, patience);
    }

    public SftpServer withPatience(Duration most) {
        return new SftpServer(host, port, hostKey, user, password, key, folder, names, settle, largestBytes, most);
    }

    /** As imports name it, without anything secret. */
    public String connection() {
        return connection(user, host, port, folder);
    }

    private static String connection(String user, String host, int port, String folder) {
        String path = folder.equals(".") ? "" : folder.startsWith("/") ? folder : "/" + folder;
        return "sftp://" + user + "@" + host + (port == STANDARD_PORT ? "" : ":" + port) + path;
    }

    /** What a name must match, whatever names this machine's file system can have. */
    Pattern pattern() {
        return Pattern.compile(
                names.codePoints()
                        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
        return connection();
    }
}
