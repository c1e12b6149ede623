package io.milepost.analytics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.milepost.analytics.api.ApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Journeys leave the house, over HTTP, for another one and for process mining. {@code -Dmilepost.seed=n} starts at another
 * seed, {@code -Dmilepost.seeds=n} takes more of them.
 */
class JourneyLogIT {

    private static final int AT_ONCE = 5_000;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aJourneyThatMovesHouseKeepsItsFigures() throws Exception {
        long first = Long.getLong("milepost.seed", 1);
        for (long seed = first; seed < first + Long.getLong("milepost.seeds", 2); seed++) {
            List<String> events = new ArrayList<>(AwkwardStreams.of(seed).events());
            Collections.shuffle(events, new Random(seed));
            try (ApiServer server = ApiServer.startEmpty();
                    CellSubject old = new CellSubject()) {
                String fresh = "?minEvents=" + send(server, events);
                old.feed(events);
                for (String journey : journeys(seed, events)) {
                    moves(seed, journey, get(server, journey, "/events" + fresh), old, events);
                    traces(get(server, journey, "/xes" + fresh + "&include=test"), journey, old);
                }
            }
        }
    }

    private static void moves(long seed, String journey, byte[] exported, CellSubject old, List<String> events) {
        List<String> lines =
                new String(exported, StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.size()).isLessThanOrEqualTo(events.size());
        try (CellSubject empty = new CellSubject()) {
            empty.feed(lines);
            for (FigureRequest request : requests(seed, journey, events)) {
                assertThat(FigureDifference.between(old.figures(request), empty.figures(request)))
                        .as("seed %d, %s", seed, request)
                        .isEmpty();
            }
        }
    }

    private static List<FigureRequest> requests(long seed, String journey, List<String> events) {
        return new AwkwardQueries(seed, events)
                .all().stream()
                        .filter(request -> request.journeyId().equals(journey))
                        .toList();
    }

    private static TreeSet<String> journeys(long seed, List<String> events) {
        TreeSet<String> journeys = new TreeSet<>();
        new AwkwardQueries(seed, events).all().forEach(request -> journeys.add(request.journeyId()));
        return journeys;
    }

    /** As many traces as entries, as many leavings as the nodes count. */
    private static void traces(byte[] xes, String journey, CellSubject old) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document log = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xes));
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JourneyLogIT.class.getResource("/xes.xsd"))
                .newValidator()
                .validate(new DOMSource(log));
        keepsItsWord(log);
        FigureRequest all = FigureRequest.of(
                journey,
                FigureRequest.Figure.NODES,
                ReferenceQuery.all(Instant.EPOCH).withTests(true));
        long completed = 0;
        long sent = 0;
        for (JsonNode node : old.figures(all).get("nodes")) {
            completed += node.get("completedCount").longValue();
            sent += node.get("sentCount").longValue();
        }
        assertThat(events(log, "lifecycle:transition", "complete", true)).isEqualTo(completed);
        assertThat(names(log, " sent").count()).isEqualTo(sent);
    }

    /** Events and traces have the keys that are said to be global, classifiers are made of these, prefixes are known. */
    private static void keepsItsWord(Document log) {
        for (String scope : List.of("event", "trace")) {
            Set<String> promised = elements(log, "global")
                    .filter(global -> global.getAttribute("scope").equals(scope))
                    .flatMap(JourneyLogIT::keys)
                    .collect(Collectors.toSet());
            assertThat(promised).contains("concept:name");
            assertThat(elements(log, scope))
                    .allSatisfy(each ->
                            assertThat(keys(each).collect(Collectors.toSet())).containsAll(promised));
            if (scope.equals("event")) {
                assertThat(elements(log, "classifier")
                                .flatMap(classifier -> Stream.of(
                                        classifier.getAttribute("keys").split(" "))))
                        .isSubsetOf(promised);
            }
        }
        Set<String> prefixes = elements(log, "extension")
                .map(each -> each.getAttribute("prefix"))
                .collect(Collectors.toSet());
        assertThat(Stream.of("log", "trace", "event")
                        .flatMap(name -> elements(log, name))
                        .flatMap(JourneyLogIT::keys)
                        .filter(key -> key.contains(":"))
                        .map(key -> key.substring(0, key.indexOf(':'))))
                .isSubsetOf(prefixes);
    }

    private static Stream<String> keys(Element parent) {
        return children(parent).stream().map(each -> each.getAttribute("key")).filter(key -> !key.isEmpty());
    }

    private static long events(Document log, String key, String value, boolean ofVisits) {
        return elements(log, "event")
                .filter(event -> value(event, "concept:instance").isEmpty() != ofVisits)
                .filter(event -> value(event, key).equals(value))
                .count();
    }

    private static Stream<String> names(Document log, String ending) {
        return elements(log, "event")
                .filter(event -> !value(event, "messageId").isEmpty())
                .map(event -> value(event, "concept:name"))
                .filter(name -> name.endsWith(ending));
    }

    private static Stream<Element> elements(Document log, String name) {
        NodeList found = log.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static String value(Element event, String key) {
        return children(event).stream()
                .filter(each -> each.getAttribute("key").equals(key))
                .map(each -> each.getAttribute("value"))
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private long send(ApiServer server, List<String> events) throws IOException, InterruptedException {
        long accepted = 0;
        for (int from = 0; from < events.size(); from += AT_ONCE) {
            String body = String.join("\n", events.subList(from, Math.min(from + AT_ONCE, events.size())));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.uri("/v1/events"))
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            accepted = Json.parse(answer.body()).get("acceptedEvents").longValue();
        }
        return accepted;
    }

    private byte[] get(ApiServer server, String journey, String rest) throws IOException, InterruptedException {
        String id = URLEncoder.encode(journey, StandardCharsets.UTF_8).replace("+", "%20");
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(server.uri("/v1/journeys/" + id + rest))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        return new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    }
}
