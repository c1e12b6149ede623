package io.milepost.analytics.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.analytics.ingest.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data folders that released versions left behind open, with the figures they had. For each version {@code data-folders}
 * keeps the folder, the events it was fed and the answers it gave.
 */
class OlderDataFolderIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void opensWithTheFiguresItHad(String version, @TempDir Path folder) throws IOException {
        unzip(resource(version + ".zip"), folder);
        JsonNode answers = JSON.readTree(resource(version + ".json"));
        try (Server server = Server.start(Map.of("milepost.data-dir", folder.toString()))) {
            for (var answer : answers.properties()) {
                ObjectNode got = (ObjectNode) server.get(answer.getKey()).json();
                got.remove("freshness");
                assertThat((Object) got).as(answer.getKey()).isEqualTo(answer.getValue());
            }
            String again = new String(resource(version + ".ndjson").readAllBytes(), StandardCharsets.UTF_8);
            Server.Answer repeated = server.post(Server.LINES, again);
            assertThat(repeated.number("accepted"))
                    .as("what it accepted once, it knows")
                    .isZero();
            assertThat(repeated.number("duplicates"))
                    .isEqualTo((int) again.lines().count());
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OlderDataFolderIT.class.getResourceAsStream("/data-folders/" + name), name);
    }

    private static void unzip(InputStream archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, folder.resolve(entry.getName()));
            }
        }
    }
}
