package io.milepost.analytics.ingest;

import io.milepost.analytics.event.BodyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Inflates bodies, and stops in time where they would burst. */
final class Gzip {

    private static final int CHUNK = 64 * 1024;

    private Gzip() {}

    static byte[] inflate(byte[] body, int most) throws BodyException {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream(Math.min(most, Math.max(CHUNK, 8 * body.length)));
        byte[] chunk = new byte[CHUNK];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (inflated.size() + read > most) {
                    throw BodyException.tooLarge("the body inflates to more than " + most + " bytes");
                }
                inflated.write(chunk, 0, read);
            }
        } catch (IOException e) {
            throw BodyException.malformed("the body is no gzip, though Content-Encoding says so");
        }
        return inflated.toByteArray();
    }
}
