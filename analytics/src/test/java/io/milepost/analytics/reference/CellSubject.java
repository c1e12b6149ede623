package io.milepost.analytics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import io.milepost.analytics.event.EventLimits;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.Bucket;
import io.milepost.analytics.measure.CellFigures;
import io.milepost.analytics.measure.MeasureQuery;
import io.milepost.analytics.measure.Scope;
import io.milepost.analytics.measure.SeriesMeasure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** The cells themselves, fed without a server; a restart replays all blocks. */
final class CellSubject implements Subject {

    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private CellProjection projection = new CellProjection();
    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private long events;

    /** Fed that stream in that way. */
    static CellSubject fed(long seed, Delivery delivery, List<String> events) {
        CellSubject subject = new CellSubject();
        delivery.run(events, new Random(seed), new Delivery.Course() {
            @Override
            public void feed(List<String> batch) {
                if (!batch.isEmpty()) {
                    subject.feed(batch);
                }
            }

            @Override
            public void restart() {
                subject.restart();
            }

            @Override
            public void check() {}
        });
        return subject;
    }

    /** Awkward questions about journeys as a whole. */
    static List<MeasureQuery> summaryQueries(long seed, List<String> events) {
        return new AwkwardQueries(seed, events)
                .all().stream()
                        .filter(request -> request.figure() == FigureRequest.Figure.SUMMARY)
                        .map(CellSubject::query)
                        .toList();
    }

    @Override
    public void feed(List<String> batch) {
        List<AcceptedEvent> fresh = read(batch).events().stream()
                .filter(event -> known.add(event.identityHigh + ":" + event.identityLow))
                .toList();
        if (!fresh.isEmpty()) {
            Block block = new Block(blocks.size() + 1L, events, Instant.EPOCH, fresh);
            events += fresh.size();
            blocks.add(block);
            projection.apply(block);
        }
    }

    private static Batch read(List<String> batch) {
        try {
            Batch read = new BatchReader(1, EventLimits.DEFAULT, NOW)
                    .readLines(String.join("\n", batch).getBytes(StandardCharsets.UTF_8));
            if (!read.refused().isEmpty()) {
                throw new IllegalStateException(
                        "refused: " + read.refused().get(0).rejection());
            }
            return read;
        } catch (BodyException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JsonNode figures(FigureRequest request) {
        CellFigures figures = new CellFigures(projection);
        MeasureQuery query = query(request);
        return switch (request.figure()) {
            case SUMMARY -> JSON.valueToTree(figures.summary(query));
            case NODES -> JSON.valueToTree(Map.of("nodes", figures.nodes(query)));
            case TRANSITIONS -> JSON.valueToTree(Map.of("transitions", figures.transitions(query)));
            case STAGES -> JSON.valueToTree(Map.of("stages", figures.stages(query)));
            case SERIES -> JSON.valueToTree(Map.of("points", figures.series(query, measure(request), bucket(request))));
        };
    }

    CellProjection projection() {
        return projection;
    }

    private static SeriesMeasure measure(FigureRequest request) {
        String measure = Objects.requireNonNull(request.measure());
        String node = request.nodeId();
        return node == null ? SeriesMeasure.ofJourney(measure) : SeriesMeasure.ofNode(measure, node);
    }

    private static Bucket bucket(FigureRequest request) {
        return Bucket.valueOf(Objects.requireNonNull(request.bucket()).name());
    }

    static MeasureQuery query(FigureRequest request) {
        ReferenceQuery asked = request.query();
        return new MeasureQuery(
                request.journeyId(),
                new Scope(
                        asked.from(),
                        asked.to(),
                        asked.versions(),
                        asked.variants(),
                        asked.activity() ? Basis.ACTIVITY : Basis.COHORT,
                        asked.includeTest(),
                        asked.zone(),
                        asked.asOf()));
    }

    @Override
    public void restart() {
        projection = new CellProjection();
        blocks.forEach(projection::replay);
        projection.finishReplay();
    }

    @Override
    public void close() {
        blocks.clear();
    }
}
