package io.milepost.analytics.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.analytics.ingest.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ErasureOnH2IT extends ErasureContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    Map<String, Object> emptyDatabase() {
        return Map.of("milepost.data-dir", folder.resolve("data").toString());
    }

    @Test
    void leavesNothingInTheFileOnceTheServiceHasStopped() throws IOException {
        server().post(Server.ONE, "{\"data\": {\"userId\": \"anna@example.com\"}}");
        server().delete("/v1/users/anna@example.com");

        server().close();

        String file = Files.readString(folder.resolve("data/milepost.mv.db"), StandardCharsets.ISO_8859_1);
        assertThat(file).contains("default").doesNotContain("anna@example.com");
    }
}
