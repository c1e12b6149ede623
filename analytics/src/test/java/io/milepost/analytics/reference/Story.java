package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A few events told by hand: of journey {@code welcome}, version 1, on 4 May 2026 UTC, unless said otherwise. */
final class Story {

    private final List<ObjectNode> events = new ArrayList<>();
    private String now = "2026-05-04T00:00:00Z";

    /** {@code 10:00} of 4 May, or a whole instant. */
    Story at(String time) {
        now = time.contains("T") ? time : "2026-05-04T" + time + ":00Z";
        return this;
    }

    static Instant instant(String time) {
        return Instant.parse(time.contains("T") ? time : "2026-05-04T" + time + ":00Z");
    }

    /** @param data JSON, with single quotes */
    Story tell(String type, String data) {
        ObjectNode event = Json.object().put("specversion", "1.0").put("id", "e" + events.size());
        event.put("source", "/test").put("type", type).put("time", now);
        event.set("data", Json.parse(data.replace('\'', '"')));
        events.add(event);
        return this;
    }

    private Story ofEntry(String type, String entry, String user) {
        tell(type, "{'journeyId': 'welcome', 'version': 1}");
        return with("entryId", "'" + entry + "'").with("userId", "'" + user + "'");
    }

    /** Adds a field to the latest event, or changes it. */
    Story with(String field, String value) {
        ObjectNode data = (ObjectNode) events.get(events.size() - 1).path("data");
        data.set(field, Json.parse(value.replace('\'', '"')));
        return this;
    }

    /** Of the latest event. */
    Story id(String id) {
        events.get(events.size() - 1).put("id", id);
        return this;
    }

    Story defined(String settings) {
        return tell("journey.defined", "{'journeyId': 'welcome', 'version': 1, " + settings.substring(1));
    }

    Story entered(String entry, String user) {
        return ofEntry("journey.entered", entry, user);
    }

    Story exited(String entry, String user, String reason) {
        return ofEntry("journey.exited", entry, user).with("reason", "'" + reason + "'");
    }

    Story arrived(String entry, String user, String node, String visit) {
        return ofEntry("journey.node.entered", entry, user)
                .with("nodeId", "'" + node + "'")
                .with("visitId", "'" + visit + "'");
    }

    Story left(String entry, String user, String node, String visit) {
        return ofEntry("journey.node.exited", entry, user)
                .with("nodeId", "'" + node + "'")
                .with("visitId", "'" + visit + "'");
    }

    Story sent(String entry, String user, String node, String message) {
        return message("journey.message.sent", entry, user, node, message);
    }

    Story failed(String entry, String user, String node, String message) {
        return message("journey.message.failed", entry, user, node, message);
    }

    private Story message(String type, String entry, String user, String node, String message) {
        return ofEntry(type, entry, user)
                .with("nodeId", "'" + node + "'")
                .with("messageId", "'" + message + "'")
                .with("channel", "'push'");
    }

    Story engaged(String message, String kind) {
        return tell("journey.message.engaged", "{'messageId': '" + message + "', 'kind': '" + kind + "'}");
    }

    Story acted(String user, String name) {
        return tell("user.acted", "{'userId': '" + user + "', 'name': '" + name + "'}");
    }

    private ReferenceEvaluator evaluator() {
        return new ReferenceEvaluator(events.stream().map(Json::write).toList());
    }

    static ReferenceQuery all() {
        return ReferenceQuery.all(Instant.parse("2026-06-01T00:00:00Z"));
    }

    static ReferenceQuery activity(String from, String to) {
        return all().withBasis(true).between(instant(from), instant(to));
    }

    /** The figure at that path of the summary, as JSON with single quotes. */
    String summary(String path, ReferenceQuery query) {
        return at(evaluator().summary("welcome", query), path);
    }

    String summary(String path) {
        return summary(path, all());
    }

    String node(String node, String path, ReferenceQuery query) {
        return Json.elements(evaluator().nodes("welcome", query).path("nodes"))
                .filter(one -> one.path("nodeId").asText().equals(node))
                .map(one -> at((ObjectNode) one, path))
                .findFirst()
                .orElse("no such node");
    }

    String node(String node, String path) {
        return node(node, path, all());
    }

    /** {@code from>to count/users} for each, sorted. */
    List<String> transitions() {
        return Json.elements(evaluator().transitions("welcome", all()).path("transitions"))
                .map(one -> one.path("from").asText() + ">" + one.path("to").asText() + " " + one.path("count") + "/"
                        + one.path("users"))
                .sorted()
                .toList();
    }

    /** {@code entered completed waiting dropped} for each. */
    List<String> stages() {
        return Json.elements(evaluator().stages("welcome", all()).path("stages"))
                .map(one -> one.path("enteredUsers") + " " + one.path("completedUsers") + " " + one.path("waitingUsers")
                        + " " + one.path("droppedUsers"))
                .toList();
    }

    /** {@code start value} for each point. */
    List<String> series(String measure, FigureRequest.Bucket bucket, ReferenceQuery query) {
        return Json.elements(evaluator()
                        .series("welcome", query, measure, bucket, null)
                        .path("points"))
                .map(point -> point.path("start").asText() + " " + point.path("value"))
                .toList();
    }

    String mep(String month, String zone) {
        return quoted(evaluator().mep(YearMonth.parse(month), ZoneId.of(zone)).toString());
    }

    List<EngagedPersons.Row> mepReport(String month) {
        return evaluator().mepReport(YearMonth.parse(month), ZoneId.of("UTC"));
    }

    private static String at(ObjectNode figures, String path) {
        return quoted(figures.at("/" + path.replace('.', '/')).toString());
    }

    private static String quoted(String json) {
        return json.replace('"', '\'');
    }
}
