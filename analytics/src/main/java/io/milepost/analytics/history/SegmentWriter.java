package io.milepost.analytics.history;

import io.milepost.spi.JourneyEventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packs events of one segment, in canonical order, into as few bytes as is simple: differences to the event before,
 * numbers for names, a visit id once. {@link SegmentReader} is its other half. One thread.
 */
final class SegmentWriter {

    static final int FLAG_MILLIS = 1 << 4;
    static final int FLAG_SEQUENCE = 1 << 5;
    static final int FLAG_SOURCE = 1 << 6;
    static final int FLAG_OWNER = 1 << 7;
    static final long NANOS_PER_MILLI = 1_000_000;

    private byte[] buffer = new byte[1024];
    private int length;
    private final Map<Text, Integer> visits = new HashMap<>();

    byte[] write(List<HistoryEvent> events) {
        length = 0;
        visits.clear();
        HistoryEvent before = new HistoryEvent();
        for (HistoryEvent event : events) {
            envelope(event, before);
            body(event);
            before = event;
        }
        return Arrays.copyOf(buffer, length);
    }

    private void envelope(HistoryEvent event, HistoryEvent before) {
        long delta = event.time - before.time;
        boolean millis = delta % NANOS_PER_MILLI == 0;
        boolean owner = event.user != before.user || event.version != before.version || event.entry != before.entry;
        int flags = event.type.ordinal()
                | (millis ? FLAG_MILLIS : 0)
                | (event.sequence != 0 ? FLAG_SEQUENCE : 0)
                | (event.source != before.source ? FLAG_SOURCE : 0)
                | (owner ? FLAG_OWNER : 0);
        number(flags);
        signed(millis ? delta / NANOS_PER_MILLI : delta);
        if (event.sequence != 0) {
            signed(event.sequence);
        }
        if (event.source != before.source) {
            number(event.source);
        }
        if (owner) {
            number(event.user + 1L);
            number(event.version);
            number(event.entry + 1L);
        }
        signed(event.block - before.block);
        text(event.id);
    }

    private void body(HistoryEvent event) {
        switch (event.type) {
            case JOURNEY_ENTERED -> {
                number(event.variant + 1L);
                number(event.test ? 1 : 0);
            }
            case NODE_ENTERED -> {
                number(event.node);
                visit(event.visit);
                number(event.from + 1L);
                number(event.edge + 1L);
            }
            case NODE_EXITED -> {
                number(event.node);
                visit(event.visit);
                number((event.outcome + 1L) << 1 | (event.cancelled ? 1 : 0));
            }
            case MESSAGE_SENT, MESSAGE_FAILED -> message(event);
            case MESSAGE_ENGAGED -> {
                number(event.message);
                number((long) event.kind << 1 | (event.machine ? 1 : 0));
                link(event.link);
            }
            case OUTCOME -> {
                number(event.node);
                number(event.outcome);
                value(event.value);
            }
            case JOURNEY_EXITED -> {
                number(event.reason);
                number(event.node + 1L);
            }
            case USER_ACTED -> acted(event);
            default -> {}
        }
    }

    private void message(HistoryEvent event) {
        number(event.node);
        number(event.message);
        number(event.channel);
        number(event.platform + 1L);
        amount(event);
        if (event.type == JourneyEventType.MESSAGE_FAILED) {
            number(event.reason + 1L);
        }
    }

    private void acted(HistoryEvent event) {
        number(event.name);
        amount(event);
        ErasedMatches erased = event.erased;
        if (erased != null) {
            number(1);
            number(erased.matches().size());
            erased.matches().forEach(match -> {
                number(match.journey());
                number(match.version());
            });
            return;
        }
        number(0);
        number(event.attributes.size());
        event.attributes.forEach((name, value) -> {
            number(name);
            value(value);
        });
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            number(4);
        } else if (value instanceof BigDecimal decimal) {
            number(2);
            decimal(decimal);
        } else if (value instanceof String string) {
            number(3);
            bytes(string.getBytes(StandardCharsets.UTF_8));
        } else {
            number(Boolean.TRUE.equals(value) ? 1 : 0);
        }
    }

    private void link(@Nullable Text link) {
        number(link == null ? 0 : 1);
        if (link != null) {
            text(link);
        }
    }

    private void amount(HistoryEvent event) {
        BigDecimal amount = event.amount;
        number(amount == null ? 0 : 1);
        if (amount != null) {
            decimal(amount);
            number(event.currency + 1L);
        }
    }

    private void decimal(BigDecimal decimal) {
        signed(decimal.scale());
        BigInteger unscaled = decimal.unscaledValue();
        bytes(unscaled.toByteArray());
    }

    private void visit(Text visit) {
        Integer known = visits.get(visit);
        if (known != null) {
            number(known + 1L);
            return;
        }
        visits.put(visit, visits.size());
        number(0);
        text(visit);
    }

    private void text(Text text) {
        number((long) text.length() << 1 | (text.uuid() ? 1 : 0));
        room(text.length());
        text.copyTo(buffer, length);
        length += text.length();
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    private void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
