package io.milepost.contacts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A contact file at hand. What it is called, when it was written and what it holds make its import's id, and that makes
 * the ids of all that is told of it: the same file read again is the same import, a later or another one is not.
 *
 * @param connection where it came from, e.g. {@code sftp://crm.example.com/out}
 * @param writtenAt when it was last changed where it came from; the time of its entries and of the end of its import
 * @param content a copy that does not change while it is read
 */
public record ContactFile(String connection, String name, Instant writtenAt, Path content) {

    /** @throws IOException where the content cannot be read */
    String importId() throws IOException {
        return new Fingerprint()
                .of(connection, name, writtenAt.toString())
                .of(content)
                .id();
    }
}
