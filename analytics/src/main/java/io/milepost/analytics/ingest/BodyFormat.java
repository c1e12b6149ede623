package io.milepost.analytics.ingest;

import io.milepost.analytics.event.Batch;
import io.milepost.analytics.event.BatchReader;
import io.milepost.analytics.event.BodyException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The media types in which events come. */
enum BodyFormat {
    ONE("application/cloudevents+json") {
        @Override
        Batch read(BatchReader reader, byte[] body) throws BodyException {
            return reader.readOne(body);
        }
    },
    ARRAY("application/cloudevents-batch+json") {
        @Override
        Batch read(BatchReader reader, byte[] body) throws BodyException {
            return reader.readArray(body);
        }
    },
    LINES("application/x-ndjson") {
        @Override
        Batch read(BatchReader reader, byte[] body) throws BodyException {
            return reader.readLines(body);
        }
    };

    final String mediaType;

    BodyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract Batch read(BatchReader reader, byte[] body) throws BodyException;

    /** The format of a Content-Type header, whose charset may only be UTF-8; null = none of ours. */
    static @Nullable BodyFormat of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        return Stream.of(parts).skip(1).allMatch(BodyFormat::isHarmless) ? ofMediaType(parts[0].strip()) : null;
    }

    private static boolean isHarmless(String parameter) {
        String text = parameter.strip().replace("\"", "");
        return !text.startsWith("charset=") || text.equals("charset=utf-8");
    }

    private static @Nullable BodyFormat ofMediaType(String mediaType) {
        return Stream.of(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst()
                .orElse(null);
    }
}
