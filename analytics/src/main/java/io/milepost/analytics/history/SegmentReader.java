package io.milepost.analytics.history;

import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unpacks what {@link SegmentWriter} packed. One thread, one segment. */
final class SegmentReader {

    private static final JourneyEventType[] TYPES = JourneyEventType.values();

    private final byte[] in;
    private int at;
    private final List<Text> visits = new ArrayList<>(4);

    private SegmentReader(byte[] segment) {
        in = segment;
    }

    /** The segment's events in canonical order. */
    static List<HistoryEvent> read(byte[] segment) {
        return new SegmentReader(segment).all();
    }

    private List<HistoryEvent> all() {
        List<HistoryEvent> events = new ArrayList<>(Math.max(4, in.length / 24));
        HistoryEvent before = new HistoryEvent();
        while (at < in.length) {
            before = next(before);
            events.add(before);
        }
        return events;
    }

    private HistoryEvent next(HistoryEvent before) {
        HistoryEvent event = new HistoryEvent();
        int flags = (int) number();
        event.type = TYPES[flags & 0xF];
        long delta = signed();
        event.time = before.time
                + ((flags & SegmentWriter.FLAG_MILLIS) != 0 ? delta * SegmentWriter.NANOS_PER_MILLI : delta);
        event.sequence = (flags & SegmentWriter.FLAG_SEQUENCE) != 0 ? signed() : 0;
        event.source = (flags & SegmentWriter.FLAG_SOURCE) != 0 ? (int) number() : before.source;
        boolean owner = (flags & SegmentWriter.FLAG_OWNER) != 0;
        event.user = owner ? (int) number() - 1 : before.user;
        event.version = owner ? number() : before.version;
        event.entry = owner ? (int) number() - 1 : before.entry;
        event.block = before.block + signed();
        event.id = text();
        body(event);
        return event;
    }

    private void body(HistoryEvent event) {
        switch (event.type) {
            case JOURNEY_ENTERED -> {
                event.variant = optional();
                event.test = number() == 1;
            }
            case NODE_ENTERED -> {
                event.node = (int) number();
                event.visit = visit();
                event.from = optional();
                event.edge = optional();
            }
            case NODE_EXITED -> {
                event.node = (int) number();
                event.visit = visit();
                long outcome = number();
                event.outcome = (int) (outcome >>> 1) - 1;
                event.cancelled = (outcome & 1) == 1;
            }
            case MESSAGE_SENT, MESSAGE_FAILED -> message(event);
            case MESSAGE_ENGAGED -> {
                event.message = (int) number();
                long kind = number();
                event.kind = (int) (kind >>> 1);
                event.machine = (kind & 1) == 1;
                event.link = number() == 1 ? text() : null;
            }
            case OUTCOME -> {
                event.node = (int) number();
                event.outcome = (int) number();
                event.value = value();
            }
            case JOURNEY_EXITED -> {
                event.reason = (int) number();
                event.node = optional();
            }
            case USER_ACTED -> acted(event);
            default -> {}
        }
    }

    private void message(HistoryEvent event) {
        event.node = (int) number();
        event.message = (int) number();
        event.channel = (int) number();
        event.platform = optional();
        amount(event);
        if (event.type == JourneyEventType.MESSAGE_FAILED) {
            event.reason = optional();
        }
    }

    private void acted(HistoryEvent event) {
        event.name = (int) number();
        amount(event);
        boolean erased = number() == 1;
        int size = (int) number();
        if (erased) {
            Set<ErasedMatches.Match> matches = new HashSet<>();
            for (int i = 0; i < size; i++) {
                matches.add(new ErasedMatches.Match((int) number(), number()));
            }
            event.erased = new ErasedMatches(matches);
            return;
        }
        if (size > 0) {
            Map<Integer, Object> attributes = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                attributes.put((int) number(), Objects.requireNonNull(value()));
            }
            event.attributes = attributes;
        }
    }

    private @Nullable Object value() {
        int kind = (int) number();
        return switch (kind) {
            case 2 -> decimal();
            case 3 -> new String(bytes(), StandardCharsets.UTF_8);
            case 4 -> null;
            default -> kind == 1;
        };
    }

    private void amount(HistoryEvent event) {
        if (number() == 1) {
            event.amount = decimal();
            event.currency = optional();
        }
    }

    private BigDecimal decimal() {
        int scale = (int) signed();
        return new BigDecimal(new BigInteger(bytes()), scale);
    }

    private Text visit() {
        int known = (int) number();
        if (known > 0) {
            return visits.get(known - 1);
        }
        Text fresh = text();
        visits.add(fresh);
        return fresh;
    }

    private Text text() {
        long head = number();
        int length = (int) (head >>> 1);
        Text text = Text.read(in, at, length, (head & 1) == 1);
        at += length;
        return text;
    }

    private byte[] bytes() {
        int length = (int) number();
        byte[] bytes = new byte[length];
        System.arraycopy(in, at, bytes, 0, length);
        at += length;
        return bytes;
    }

    private int optional() {
        return (int) number() - 1;
    }

    private long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    private long number() {
        byte b = in[at++];
        if (b >= 0) {
            return b;
        }
        long value = b & 0x7F;
        for (int shift = 7; ; shift += 7) {
            b = in[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
