package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where reports are kept: of each a description and a file, below the data folder. Either is there whole or not at all. */
@Singleton
final class ReportFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ReportFolder.class);
    private static final String DESCRIPTION = ".json";
    private static final String FILE = ".file";
    private static final String PART = ".part";

    private final Path folder;
    private final ObjectMapper json;

    ReportFolder(
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String dataFolder,
            ObjectMapper json) {
        this.folder = Path.of(dataFolder).resolve("reports");
        this.json = json;
    }

    /** Writes into the file of a report. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    List<Report> all() {
        List<Report> reports = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return reports;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(DESCRIPTION)).forEach(file -> read(file, reports));
        } catch (IOException e) {
            throw new UncheckedIOException("the reports cannot be read", e);
        }
        return reports;
    }

    private void read(Path file, List<Report> reports) {
        try {
            reports.add(json.readValue(file.toFile(), Report.class));
        } catch (IOException e) {
            LOG.warn("a report is left out: {} cannot be read", file.getFileName(), e);
        }
    }

    void keep(Report report) {
        whole(path(report.id(), DESCRIPTION), out -> out.write(json.writeValueAsBytes(report)));
    }

    void write(String id, Writing writing) {
        whole(path(id, FILE), writing);
    }

    Path file(String id) {
        return path(id, FILE);
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(path(id, DESCRIPTION));
            Files.deleteIfExists(path(id, FILE));
            Files.deleteIfExists(path(id, FILE + PART));
        } catch (IOException e) {
            throw new UncheckedIOException("report " + id + " cannot be deleted", e);
        }
    }

    private void whole(Path file, Writing writing) {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(part)) {
                writing.to(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            drop(part);
            throw new UncheckedIOException(file.getFileName() + " cannot be written", e);
        }
    }

    private static void drop(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("{} is left over", part.getFileName(), e);
        }
    }

    private Path path(String id, String ending) {
        return folder.resolve(id + ending);
    }
}
