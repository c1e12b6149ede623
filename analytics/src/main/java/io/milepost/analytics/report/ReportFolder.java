package io.milepost.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;

/** Where reports are kept: of each a description and a file, below the data folder. */
@Singleton
final class ReportFolder {

    private static final String FILE = ".file";

    private final KeptFiles files;

    ReportFolder(
            @Property(name = "milepost.data-dir", defaultValue = "./milepost-data") String dataFolder,
            ObjectMapper json) {
        this.files = new KeptFiles(Path.of(dataFolder).resolve("reports"), json);
    }

    List<Report> all() {
        return files.all(Report.class);
    }

    void keep(Report report) {
        files.describe(report.id(), report);
    }

    void write(String id, KeptFiles.Writing writing) {
        files.write(id + FILE, writing);
    }

    Path file(String id) {
        return files.path(id + FILE);
    }

    void delete(String id) {
        files.delete(id);
        files.delete(id, FILE);
    }
}
