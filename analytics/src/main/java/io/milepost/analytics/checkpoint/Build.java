package io.milepost.analytics.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Tells one build of this code from another. */
final class Build {

    private static final int PIECE = 1 << 20;

    private Build() {}

    /** A hash of the jar that runs, or of the classes where there is none. Reads all of it: some 50 ms. */
    static String hash() throws IOException {
        try {
            Path place = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            CRC32C crc = new CRC32C();
            for (Path file : files(place)) {
                update(crc, file);
            }
            return Long.toHexString(crc.getValue());
        } catch (URISyntaxException e) {
            throw new IOException("the code has no place", e);
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void update(CRC32C crc, Path file) throws IOException {
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                crc.update(piece, 0, read);
            }
        }
    }
}
