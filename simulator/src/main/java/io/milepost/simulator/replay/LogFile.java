package io.milepost.simulator.replay;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A log on disk, packed or not. */
final class LogFile {
    private static final int BUFFER = 1 << 16;
    private static final int[] MARK = {0xef, 0xbb, 0xbf};

    private LogFile() {}

    /** Unpacked where it begins as gzip does, whatever its name. */
    static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LogException("there is no log " + file);
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == 0x1f && second == 0x8b
                ? withoutMark(new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER))
                : withoutMark(in);
    }

    /** Some programs begin UTF-8 with a byte order mark, which is no part of the first column's name. */
    private static InputStream withoutMark(InputStream in) throws IOException {
        in.mark(MARK.length);
        for (int expected : MARK) {
            if (in.read() != expected) {
                in.reset();
                return in;
            }
        }
        return in;
    }

    /** The text of it; what is not written in that charset is refused, not replaced. */
    static Reader read(Path file, Charset charset) throws IOException {
        return new InputStreamReader(
                open(file),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** What went wrong while it was read, in one line. */
    static LogException unreadable(Path file, Charset charset, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new LogException(
                    file + ": is not written in " + charset + "; say in what, e.g. --charset windows-1252", e);
        }
        return e instanceof EOFException || e instanceof ZipException
                ? new LogException(file + ": is packed with gzip, and broken or cut off; get it once more", e)
                : new LogException(file + ": cannot be read: " + e.getMessage(), e);
    }
}
