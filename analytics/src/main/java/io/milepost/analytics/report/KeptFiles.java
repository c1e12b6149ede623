package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of files, each there whole or not at all, and of things described in JSON. Any thread, one for each name. */
final class KeptFiles {

    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
    private static final String DESCRIPTION = ".json";
    private static final String PART = ".part";

    private final Path folder;
    private final ObjectMapper json;

    KeptFiles(Path folder, ObjectMapper json) {
        this.folder = folder;
        this.json = json;
    }

    /** Writes into a file. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** All that are described. One that cannot be read is left out. */
    <T> List<T> all(Class<T> type) {
        List<T> things = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return things;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(DESCRIPTION)).forEach(file -> read(file, type, things));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder.getFileName() + " cannot be read", e);
        }
        return things;
    }

    private <T> void read(Path file, Class<T> type, List<T> things) {
        try {
            things.add(json.readValue(file.toFile(), type));
        } catch (IOException e) {
            LOG.warn("{} is left out: it cannot be read", file.getFileName(), e);
        }
    }

    /** Durable once it returns. */
    void describe(String id, Object thing) {
        write(id + DESCRIPTION, out -> out.write(json.writeValueAsBytes(thing)));
    }

    /** Durable once it returns. */
    void write(String name, Writing writing) {
        Path part = folder.resolve(name + PART);
        try {
            Files.createDirectories(folder);
            try (FileChannel file = FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(file)) {
                writing.to(out);
                file.force(true);
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            drop(part);
            throw new UncheckedIOException(name + " cannot be written", e);
        }
    }

    private static void drop(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("{} is left over", part.getFileName(), e);
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** With its description. */
    void delete(String id) {
        delete(id, DESCRIPTION);
    }

    void delete(String id, String ending) {
        try {
            Files.deleteIfExists(path(id + ending));
            Files.deleteIfExists(path(id + ending + PART));
        } catch (IOException e) {
            throw new UncheckedIOException(id + ending + " cannot be deleted", e);
        }
    }
}
