package io.milepost.analytics.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.milepost.analytics.export.CsvFile;
import io.milepost.analytics.export.Download;
import io.milepost.analytics.export.FileFormat;
import io.milepost.analytics.export.Pipe;
import io.milepost.analytics.export.XlsxFile;
import io.milepost.analytics.measure.Basis;
import io.milepost.analytics.measure.Scope;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that come as files: which are asked for, what they say of themselves, and how they are sent. */
@Singleton
final class Downloads {

    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    static final String CSV = "text/csv";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String GZIP = "gzip";
    private static final int PACKED_AT_ONCE = 1 << 14;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss");

    private final ExecutorService writers;
    private final Clock clock;

    Downloads(@Named(TaskExecutors.BLOCKING) ExecutorService writers, Clock clock) {
        this.writers = writers;
        this.clock = clock;
    }

    @EventListener
    void warmUp(ServerStartupEvent started) {
        writers.execute(() -> {
            try {
                XlsxFile.warmUp();
            } catch (IOException e) {
                LOG.warn("the first download will begin late", e);
            }
        });
    }

    private enum Format {
        JSON,
        CSV,
        XLSX
    }

    private enum Separator {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t'),
        PIPE('|');

        private final char text;

        Separator(char text) {
            this.text = text;
        }
    }

    private enum Mark {
        TRUE,
        FALSE
    }

    /** The format that the request asks for by {@code format} or, without it, by its Accept header; null = JSON. */
    @Nullable
    FileFormat asked(HttpRequest<?> request) {
        Parameters parameters = new Parameters(request);
        Separator separator = parameters.oneOf("separator", Separator.class);
        Mark mark = parameters.oneOf("bom", Mark.class);
        Format format = parameters.oneOf("format", Format.class);
        return switch (format == null ? accepted(request) : format) {
            case JSON -> null;
            case CSV -> new CsvFile(separator == null ? ',' : separator.text, mark == Mark.TRUE);
            case XLSX -> new XlsxFile();
        };
    }

    private static Format accepted(HttpRequest<?> request) {
        for (MediaType type : request.accept()) {
            switch (type.getName()) {
                case CSV -> {
                    return Format.CSV;
                }
                case XLSX -> {
                    return Format.XLSX;
                }
                case MediaType.APPLICATION_JSON, MediaType.ALL -> {
                    return Format.JSON;
                }
                default -> {}
            }
        }
        return Format.JSON;
    }

    /** Sends the file as it is written. */
    MutableHttpResponse<StreamedFile> send(Download<?> download, FileFormat format) {
        StreamedFile file = new StreamedFile(
                        Pipe.of(writers, out -> format.write(download, out)), MediaType.of(format.mediaType()))
                .attach(download.fileName(format.ending()));
        return HttpResponse.ok(file).contentType(format.mediaType());
    }

    /** Sends what is written as it is written; packed where the request accepts gzip. */
    MutableHttpResponse<StreamedFile> stream(
            HttpRequest<?> request, String name, String ending, String mediaType, Pipe.Writing writing) {
        boolean packed = acceptsGzip(request);
        StreamedFile file = new StreamedFile(
                        Pipe.of(writers, packed ? out -> pack(writing, out) : writing), MediaType.of(mediaType))
                .attach(Download.fileName(name, ending));
        MutableHttpResponse<StreamedFile> response =
                HttpResponse.ok(file).contentType(mediaType).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return packed ? response.header(HttpHeaders.CONTENT_ENCODING, GZIP) : response;
    }

    private static boolean acceptsGzip(HttpRequest<?> request) {
        for (String accepted : request.getHeaders().getAll(HttpHeaders.ACCEPT_ENCODING)) {
            for (String encoding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = encoding.replace(" ", "").split(";", -1);
                boolean refused = parts.length > 1 && parts[1].matches("q=0(\\.0*)?");
                if (parts[0].equals(GZIP) && !refused) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void pack(Pipe.Writing writing, OutputStream out) throws IOException {
        GZIPOutputStream packing = new GZIPOutputStream(out, PACKED_AT_ONCE);
        writing.to(packing);
        packing.finish();
    }

    /** What a file says of the part of the data that it shows. */
    List<Download.Fact> about(Scope scope, FreshnessAnswer freshness) {
        List<Download.Fact> about = new ArrayList<>();
        about.add(new Download.Fact("From", scope.from() == null ? "first data" : scope.from()));
        about.add(new Download.Fact("To (excluded)", scope.to() == null ? "last data" : scope.to()));
        about.add(new Download.Fact(
                "Basis",
                scope.basis() == Basis.COHORT
                        ? "cohort: entries that started in the range, and all that belongs to them"
                        : "activity: what happened in the range"));
        about.add(new Download.Fact(
                "Versions", scope.versions().isEmpty() ? "all" : new TreeSet<>(scope.versions()).toString()));
        about.add(new Download.Fact(
                "Variants", scope.variants().isEmpty() ? "all" : new TreeSet<>(scope.variants()).toString()));
        about.add(new Download.Fact("Test entries", scope.includeTest() ? "included" : "left out"));
        about.addAll(about(scope.zone(), freshness));
        return about;
    }

    /** What a file says of its times, and of how much it knows. */
    List<Download.Fact> about(ZoneId zone, FreshnessAnswer freshness) {
        Instant received = freshness.lastReceived();
        return List.of(
                new Download.Fact("Time zone", zone.getId()),
                new Download.Fact("Accepted events", freshness.acceptedEvents()),
                new Download.Fact("Events known here", freshness.projectedEvents()),
                new Download.Fact("Last event received", received == null ? "none" : received),
                new Download.Fact("Written", clock.instant()));
    }

    /** Names a range for a file. */
    static String range(Scope scope) {
        if (scope.from() == null && scope.to() == null) {
            return "all";
        }
        return end(scope.from(), scope.zone()) + "-to-" + end(scope.to(), scope.zone());
    }

    private static String end(@Nullable Instant end, ZoneId zone) {
        if (end == null) {
            return "open";
        }
        ZonedDateTime local = end.atZone(zone);
        return (local.toLocalTime().equals(LocalTime.MIDNIGHT) ? DAY : MOMENT).format(local);
    }
}
