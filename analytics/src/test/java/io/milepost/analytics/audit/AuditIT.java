package io.milepost.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.cell.Corruption;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.ingest.Server;
import io.milepost.analytics.ingest.Server.Answer;
import io.milepost.analytics.reference.AwkwardStreams;
import io.milepost.analytics.store.Erasure;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Server server;

    @BeforeEach
    void start() {
        server = Server.start(Map.of(
                "milepost.data-dir",
                folder.toString(),
                "milepost.ingest.max-ahead",
                "PT876000H",
                "endpoints.health.details-visible",
                "ANONYMOUS"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allIsWellOfNothing() {
        JsonNode report = audit("/v1/audit");

        assertThat(report.get("ok").booleanValue()).isTrue();
        assertThat(report.get("laws")).hasSize(Law.values().length);
        assertThat(report.get("sampledUsers").intValue()).isZero();
    }

    @Test
    void looksAtEveryLawOnWhatCameIn() {
        long accepted = 0;
        for (long seed = 1; seed <= 6; seed++) {
            accepted = post(AwkwardStreams.of(1).withPeople(seed, "p" + seed).events());
        }
        post(List.of("nonsense"));
        server.bean(Erasure.class).erase("nobody");

        JsonNode report = audit("/v1/audit?minEvents=" + accepted);

        assertThat(report.findValues("violations")).allMatch(JsonNode::isEmpty);
        assertThat(report.get("ok").booleanValue()).isTrue();
        assertThat(report.get("projectedEvents").longValue()).isEqualTo(accepted);
        assertThat(report.get("sampledUsers").intValue()).isEqualTo(20);
        for (JsonNode law : report.get("laws")) {
            assertThat(law.get("statement").textValue()).endsWith(".");
            if (!law.get("id").textValue().equals("import-rows")) {
                assertThat(law.get("checked").longValue()).as("%s", law).isPositive();
            }
        }
        assertThat(server.get("/v1/audit?from=2026-01-01T00:00:00Z").status()).isEqualTo(400);
    }

    @Test
    void namesACorruptedCellEverywhere() throws Exception {
        long accepted = post(AwkwardStreams.of(3).events());
        assertThat(audit("/v1/audit?minEvents=" + accepted).get("ok").booleanValue())
                .isTrue();
        assertThat(server.get("/health").status()).isEqualTo(200);

        Series visits = server.bean(CellProjection.class).read(cells -> cells.histories().journeys().stream()
                .flatMap(journey -> cells.of(journey).series().stream())
                .filter(series ->
                        series.key().what() == What.VISIT && !series.key().activity())
                .findFirst()
                .orElseThrow());
        Corruption.count(visits.all(), 7);

        JsonNode report = audit("/v1/audit");
        assertThat(report.get("ok").booleanValue()).isFalse();
        JsonNode days = law(report, "sum-over-days");
        assertThat(days.get("violationCount").intValue()).isEqualTo(1);
        assertThat(days.at("/violations/0/scope").textValue())
                .contains("journey=")
                .contains("cell=visit")
                .contains("basis=cohort")
                .contains("node=");
        assertThat(days.at("/violations/0/expected").textValue()).contains("count=");
        assertThat(days.at("/violations/0/actual").textValue()).contains("count=");
        Answer health = server.get("/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.text("/details/audit/status")).isEqualTo("DOWN");
        assertThat(server.get("/health/liveness").status()).isEqualTo(503);
        assertThat(server.get("/health/readiness").status()).isEqualTo(200);
        assertThat(prometheus())
                .containsPattern("milepost_audit_violations [1-9]")
                .containsPattern("milepost_audit_checked [1-9]")
                .contains("milepost_audit_age_seconds");
    }

    private static JsonNode law(JsonNode report, String id) {
        for (JsonNode law : report.get("laws")) {
            if (law.get("id").textValue().equals(id)) {
                return law;
            }
        }
        throw new AssertionError("no law " + id);
    }

    private JsonNode audit(String path) {
        Answer answer = server.get(path);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    private long post(List<String> events) {
        return server.post(Server.LINES, String.join("\n", events))
                .json()
                .get("acceptedEvents")
                .longValue();
    }

    private String prometheus() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri().resolve("/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
