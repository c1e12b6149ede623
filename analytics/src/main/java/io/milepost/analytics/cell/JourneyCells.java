package io.milepost.analytics.cell;

import io.milepost.analytics.history.Journey;
import io.milepost.analytics.history.PackedReader;
import io.milepost.analytics.history.PackedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All cells of one journey. One writer; readers hold the writer's lock. */
public final class JourneyCells {

    private static final What[] WHATS = What.values();
    private static final int UNTOUCHED = Integer.MIN_VALUE;

    private final Journey journey;
    private final Map<EntryScope, Integer> scopeNumbers = new HashMap<>();
    private final List<EntryScope> scopes = new ArrayList<>();
    private final Map<Carrier, Integer> carrierNumbers = new HashMap<>();
    private final List<Carrier> carriers = new ArrayList<>();
    private final Map<Way, Integer> wayNumbers = new HashMap<>();
    private final List<Way> ways = new ArrayList<>();

    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] table = new int[128];
    private final List<Series> series = new ArrayList<>();

    private final PendingPuts pending = new PendingPuts();
    private final Map<Integer, Long> changes = new HashMap<>();
    private long lastChange;
    private long firstChange;
    private int touched = UNTOUCHED;
    private Map<EventSignature, EventCell> events = new HashMap<>();
    private final Map<Rejected, Rejections> rejections = new LinkedHashMap<>();

    /** Who was turned away: by version and reason. */
    public record Rejected(long version, int reason) {}

    JourneyCells(Journey journey) {
        this.journey = journey;
    }

    public Journey journey() {
        return journey;
    }

    /** The number of that scope, given on first sight. */
    int scope(EntryScope scope) {
        return number(scope, scopeNumbers, scopes);
    }

    public List<EntryScope> scopes() {
        return scopes;
    }

    /** The number of that carrier, given on first sight. */
    int carrier(int channel, int platform) {
        return number(new Carrier(channel, platform), carrierNumbers, carriers);
    }

    /** By what the messages went that those cells are about; null = they are about none. */
    public @Nullable Carrier carrier(CellKey key) {
        return switch (key.what()) {
            case SENT, FAILED -> new Carrier(key.x(), key.y());
            case ENGAGED, ENGAGED_BY_MACHINE, COST -> carriers.get(key.y());
            default -> null;
        };
    }

    /** The number of that way, given on first sight. */
    int way(int edge, int outcome) {
        return number(new Way(edge, outcome), wayNumbers, ways);
    }

    /** How the visits of those cells were reached; only of transitions. */
    public Way way(CellKey key) {
        return ways.get(key.y());
    }

    private static <T> int number(T thing, Map<T, Integer> numbers, List<T> things) {
        Integer known = numbers.get(thing);
        if (known != null) {
            return known;
        }
        numbers.put(thing, things.size());
        things.add(thing);
        return things.size() - 1;
    }

    public List<Series> series() {
        return series;
    }

    public Series series(int slot) {
        return series.get(slot);
    }

    public Map<EventSignature, EventCell> events() {
        return events;
    }

    public Map<Rejected, Rejections> rejections() {
        return rejections;
    }

    void reject(long version, int reason, long at, int user) {
        rejections
                .computeIfAbsent(new Rejected(version, reason), any -> new Rejections())
                .add(at, user);
    }

    void reject(Rejected who, Rejections all) {
        rejections.put(who, all);
    }

    /** All but the rejections. */
    void write(PackedWriter to) throws IOException {
        to.number(scopes.size());
        for (EntryScope scope : scopes) {
            to.number(scope.version());
            to.signed(scope.variant());
            to.number(scope.test() ? 1 : 0);
        }
        to.number(carriers.size());
        for (Carrier carrier : carriers) {
            to.signed(carrier.channel());
            to.signed(carrier.platform());
        }
        to.number(ways.size());
        for (Way way : ways) {
            to.signed(way.edge());
            to.signed(way.outcome());
        }
        to.number(series.size());
        for (Series one : series) {
            CellKey key = one.key();
            to.number(key.what().ordinal() << 1 | (key.activity() ? 1 : 0));
            to.signed(key.scope());
            to.signed(key.node());
            to.signed(key.x());
            to.signed(key.y());
            one.write(to);
        }
        to.number(events.size());
        for (Map.Entry<EventSignature, EventCell> event : events.entrySet()) {
            event.getKey().write(to);
            event.getValue().write(to);
        }
    }

    /** Fills what is empty with what others had. */
    void read(PackedReader from) throws IOException {
        for (int rest = from.count(); rest > 0; rest--) {
            scope(new EntryScope(from.number(), (int) from.signed(), from.count() == 1));
        }
        for (int rest = from.count(); rest > 0; rest--) {
            carrier((int) from.signed(), (int) from.signed());
        }
        for (int rest = from.count(); rest > 0; rest--) {
            way((int) from.signed(), (int) from.signed());
        }
        for (int rest = from.count(); rest > 0; rest--) {
            int what = from.count();
            int slot = slot(
                    WHATS[what >> 1],
                    (what & 1) == 1,
                    (int) from.signed(),
                    (int) from.signed(),
                    (int) from.signed(),
                    (int) from.signed());
            series.get(slot).read(from);
        }
        for (int rest = from.count(); rest > 0; rest--) {
            EventSignature signature = EventSignature.read(from);
            events.put(signature, EventCell.read(from));
        }
    }

    /** The number of that question in that scope, given on first sight. */
    int slot(What what, boolean activity, int scope, int node, int x, int y) {
        long high = (long) (what.ordinal() << 1 | (activity ? 1 : 0)) << 56 | (long) scope << 32 | node & 0xFFFFFFFFL;
        long low = (long) x << 32 | y & 0xFFFFFFFFL;
        int mask = table.length - 1;
        int at = hash(high, low) & mask;
        while (table[at] != 0) {
            int slot = table[at] - 1;
            if (highs[slot] == high && lows[slot] == low) {
                return slot;
            }
            at = (at + 1) & mask;
        }
        return add(new CellKey(what, activity, scope, node, x, y), high, low, at);
    }

    /** Changes cells at the next {@link #settle}, or before. */
    void put(int slot, int day, long value, int count, int joining) {
        pending.add(slot, day, value, count, joining);
        if (pending.isFull()) {
            settle();
        }
    }

    /** Brings all that was put into the cells. */
    void settle() {
        pending.drain(series.size(), this::apply);
        touched = UNTOUCHED;
    }

    /** Notes that what lies in the day is not what it was. */
    void touch(int day) {
        if (day != touched) {
            changes.put(day, ++lastChange);
            touched = day;
        }
    }

    /** Another one whenever anything in the day may have changed since. */
    long change(int day) {
        return changes.getOrDefault(day, firstChange);
    }

    private void apply(int slot, int day, long value, int count, int joining) {
        touch(day);
        Series of = series.get(slot);
        applyTo(of.on(day), of.key().what(), value, count, joining);
        if (of.key().what() != What.OPEN) {
            applyTo(of.all(), of.key().what(), value, count, joining);
        }
    }

    static void applyTo(Cell cell, What what, long value, int count, int joining) {
        if (what == What.DURATION) {
            cell.duration(value, count);
        } else if (what == What.OPEN) {
            cell.deadline(value, count);
        }
        cell.count(count);
        if (joining != Contribution.NOBODY) {
            cell.join(joining);
        }
    }

    void pay(int slot, int day, BigDecimal amount, int count) {
        touch(day);
        Series of = series.get(slot);
        of.on(day).pay(amount);
        of.on(day).count(count);
        of.all().pay(amount);
        of.all().count(count);
    }

    void event(EventSignature signature, int times, @Nullable BigDecimal amount, int currency) {
        EventCell cell = events.computeIfAbsent(signature, any -> new EventCell());
        cell.add(times, amount, currency);
        if (cell.isEmpty()) {
            events.remove(signature);
        }
    }

    /** Forgets what came from entries and user events; rejections stay. */
    void clear() {
        series.clear();
        Arrays.fill(table, 0);
        events = new HashMap<>();
        changes.clear();
        firstChange = ++lastChange;
    }

    private int add(CellKey key, long high, long low, int at) {
        int slot = series.size();
        if (slot == highs.length) {
            highs = Arrays.copyOf(highs, slot * 2);
            lows = Arrays.copyOf(lows, slot * 2);
        }
        highs[slot] = high;
        lows[slot] = low;
        series.add(new Series(key));
        table[at] = slot + 1;
        if ((slot + 1) * 2 > table.length) {
            rehash();
        }
        return slot;
    }

    private void rehash() {
        int[] fresh = new int[table.length * 2];
        int mask = fresh.length - 1;
        for (int slot = 0; slot < series.size(); slot++) {
            int at = hash(highs[slot], lows[slot]) & mask;
            while (fresh[at] != 0) {
                at = (at + 1) & mask;
            }
            fresh[at] = slot + 1;
        }
        table = fresh;
    }

    private static int hash(long high, long low) {
        long h = (high ^ low * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (h ^ h >>> 32);
    }
}
