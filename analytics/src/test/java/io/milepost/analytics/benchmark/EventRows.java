package io.milepost.analytics.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes events as the rows of one CSV file, which every peer loads. */
final class EventRows implements AutoCloseable {

    /** Of the table a peer loads it into; times are UTC. */
    static final String COLUMNS = "id VARCHAR, type VARCHAR, time TIMESTAMP, journey_id VARCHAR, entry_id VARCHAR,"
            + " user_id VARCHAR, node_id VARCHAR, visit_id VARCHAR, from_node_id VARCHAR, message_id VARCHAR,"
            + " channel VARCHAR, kind VARCHAR";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> DATA = List.of(
            "journeyId", "entryId", "userId", "nodeId", "visitId", "fromNodeId", "messageId", "channel", "kind");

    private final BufferedWriter out;

    EventRows(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    void add(byte[] body) throws IOException {
        for (JsonNode event : JSON.readTree(body)) {
            out.append(event.get("id").textValue()).append(',');
            out.append(event.get("type").textValue()).append(',');
            out.append(event.get("time").textValue().replace("T", " ").replace("Z", ""));
            for (String field : DATA) {
                out.append(',').append(event.at("/data/" + field).asText());
            }
            out.append('\n');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
