package io.milepost.contacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes an id of what something is about: the same parts in the same order give the same id, others another one. */
final class Fingerprint {

    private static final int BYTES = 16;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Fingerprint of(String... parts) {
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return this;
    }

    /** Must come last. */
    Fingerprint of(Path content) throws IOException {
        byte[] some = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(content)) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                digest.update(some, 0, read);
            }
        }
        return this;
    }

    /** 32 hexadecimal digits. Ends it. */
    String id() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
