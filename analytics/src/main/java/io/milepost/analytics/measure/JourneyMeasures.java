package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Cell;
import io.milepost.analytics.cell.Deadlines;
import io.milepost.analytics.cell.EventCell;
import io.milepost.analytics.cell.JourneyCells;
import io.milepost.analytics.cell.Rejections;
import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.analytics.event.Nanos;
import io.milepost.analytics.history.Names;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The journey measures, one method a question. What is counted by which instant follows from the slice it reads. */
final class JourneyMeasures {

    static final String UNKNOWN = "unknown";
    private static final String COMPLETED = "completed";

    private final Selection selection;
    private final Names words;

    JourneyMeasures(Selection selection) {
        this.selection = selection;
        this.words = selection.cells().histories().words();
    }

    JourneySummary summary() {
        EventCell goals = goals();
        return new JourneySummary(
                entries(),
                entryUsers(),
                activeEntries(),
                exits(),
                exitsByReason(),
                exitedUsers(),
                convertedUsers(),
                convertedEntries(),
                conversionEvents(),
                conversionRate(),
                openEntries(),
                goalPerformers(),
                goals.count(),
                value(goals),
                activeUsers(),
                messagesSent(),
                messagesFailed(),
                channels(),
                trafficCost(),
                rejectedEntries());
    }

    /** The measure of that name, in the shape it has in the summary. */
    Object byName(String measure) {
        return switch (measure) {
            case "entries" -> entries();
            case "entryUsers" -> entryUsers();
            case "activeEntries" -> activeEntries();
            case "exits" -> exits();
            case "exitsByReason" -> exitsByReason();
            case "exitedUsers" -> exitedUsers();
            case "convertedUsers" -> convertedUsers();
            case "convertedEntries" -> convertedEntries();
            case "conversionEvents" -> conversionEvents();
            case "conversionRate" -> conversionRate();
            case "openEntries" -> openEntries();
            case "goalPerformers" -> goalPerformers();
            case "goalEvents" -> goals().count();
            case "goalValue" -> value(goals());
            case "activeUsers" -> activeUsers();
            case "messagesSent" -> messagesSent();
            case "messagesFailed" -> messagesFailed();
            case "channels" -> channels();
            case "trafficCost" -> trafficCost();
            case "rejectedEntries" -> rejectedEntries();
            default -> throw new IllegalArgumentException("no measure of a journey is called " + measure);
        };
    }

    long entries() {
        return selection.cohort().count(What.ENTRY);
    }

    long entryUsers() {
        return selection.cohort().userCount(What.ENTRY);
    }

    private long activeEntries() {
        return selection.cohort().count(What.ACTIVE_ENTRY);
    }

    private long exits() {
        return selection.basis().count(What.EXIT);
    }

    private Map<String, Long> exitsByReason() {
        Map<String, Long> exits = new HashMap<>();
        grouped(What.EXIT_BY_REASON)
                .forEach((reason, series) -> exits.put(reason, selection.basis().count(series)));
        exits.values().removeIf(count -> count == 0);
        return exits;
    }

    /** Of the entries begun in the range, those that exited as completed, whenever. */
    long completedOfEntered() {
        return selection
                .cohort()
                .count(selection.cohort().series(What.EXIT_BY_REASON).stream()
                        .filter(series -> words.name(series.key().x()).equals(COMPLETED))
                        .toList());
    }

    private long exitedUsers() {
        return selection.basis().userCount(completions());
    }

    long convertedUsers() {
        return selection.byActivity()
                ? selection.convertedUsers().size()
                : selection.cohort().userCount(What.CONVERTED_ENTRY);
    }

    private long convertedEntries() {
        return selection.basis().count(What.CONVERTED_ENTRY);
    }

    private long conversionEvents() {
        return selection.basis().view().events(true, selection.basis().range()).count();
    }

    /** By activity too a share: those of the users of entries begun in the range who also converted in it. */
    Rate conversionRate() {
        UserUnion entered = selection.cohort().users(What.ENTRY);
        return Rate.of(selection.convertedUsers().sharedWith(entered), entered.size());
    }

    private long openEntries() {
        long asOf = Nanos.of(selection.scope().asOf());
        long open = 0;
        for (Cell cell : selection.cohort().cells(selection.cohort().series(What.OPEN))) {
            Deadlines deadlines = cell.deadlines();
            open += deadlines == null ? 0 : deadlines.from(asOf);
        }
        return open;
    }

    private long goalPerformers() {
        return selection.basis().userCount(What.GOAL_USER);
    }

    private EventCell goals() {
        return selection.basis().view().events(false, selection.basis().range());
    }

    private Map<String, String> value(EventCell goals) {
        Map<String, String> value = new HashMap<>();
        goals.worth().forEach((currency, worth) -> value.put(word(currency), plain(worth.sum())));
        return value;
    }

    private long activeUsers() {
        return selection.basis().userCount(What.ENGAGED_USER);
    }

    long messagesSent() {
        return selection.basis().count(What.SENT);
    }

    private long messagesFailed() {
        return selection.basis().count(What.FAILED);
    }

    private Map<String, ChannelFigures> channels() {
        Map<String, List<Series>> sent = grouped(What.SENT);
        Map<String, List<Series>> failed = grouped(What.FAILED);
        Map<String, ChannelFigures> channels = new HashMap<>();
        sent.forEach((channel, series) -> channels.put(channel, new ChannelFigures(count(series), 0)));
        failed.forEach((channel, series) -> channels.merge(
                channel,
                new ChannelFigures(0, count(series)),
                (one, other) -> new ChannelFigures(one.sent(), other.failed())));
        channels.values().removeIf(figures -> figures.sent() == 0 && figures.failed() == 0);
        return channels;
    }

    private long count(List<Series> series) {
        return selection.basis().count(series);
    }

    private Map<String, String> trafficCost() {
        return selection.basis().cost(selection.basis().series(What.COST), words);
    }

    /** By their own time with either basis; without an entry there is no variant, and no test. */
    private Map<String, Long> rejectedEntries() {
        Map<String, Long> rejected = new HashMap<>();
        rejections((kind, of) -> rejected.merge(words.name(kind.reason()), (long) of.in(selection.range()), Long::sum));
        rejected.values().removeIf(count -> count == 0);
        return rejected;
    }

    /** Who was turned away, in scope but whenever. */
    void rejections(BiConsumer<JourneyCells.Rejected, Rejections> visitor) {
        selection.cells().of(selection.journey()).rejections().forEach((kind, of) -> {
            if (selection.scope().wants(kind.version(), null, false)) {
                visitor.accept(kind, of);
            }
        });
    }

    /** What is behind one of the journey's lists. */
    Behind behind(ListMeasure list, UnaryOperator<List<Series>> narrowed) {
        Slice cohort = selection.cohort();
        Slice basis = selection.basis();
        List<Series> starts = cohort.series(What.ENTRY);
        List<Series> exits = selection.deeds(What.EXIT_BY_REASON);
        List<Series> goals = selection.deeds(What.GOAL_USER);
        return switch (list) {
            case ENTRIES -> Behind.all(cohort, starts, starts);
            case ENTRY_USERS -> Behind.users(cohort, starts, starts);
            case ACTIVE_ENTRIES -> Behind.all(cohort, cohort.series(What.ACTIVE_ENTRY), starts);
            case EXITS -> Behind.all(basis, basis.series(What.EXIT), exits);
            case EXITS_BY_REASON -> Behind.all(basis, narrowed.apply(basis.series(What.EXIT_BY_REASON)), exits);
            case EXITED_USERS -> Behind.users(basis, completions(), exits);
            case CONVERTED_USERS -> conversions(goals, selection::convertedUsers);
            case CONVERTED_ENTRIES -> Behind.all(basis, basis.series(What.CONVERTED_ENTRY), goals);
            case CONVERSION_EVENTS -> Behind.events(basis, true, goals);
            case CONVERSION_RATE ->
                conversions(goals, () -> selection.convertedUsers().sharing(cohort.users(What.ENTRY)));
            case NOT_CONVERTED ->
                Behind.ofUsers(
                        cohort, starts, () -> cohort.users(What.ENTRY).without(selection.convertedUsers()), starts);
            case OPEN_ENTRIES -> Behind.all(cohort, cohort.series(What.OPEN), starts, this::openEntries);
            case GOAL_PERFORMERS -> Behind.performers(basis, goals);
            case GOAL_EVENTS -> Behind.events(basis, false, goals);
            case ACTIVE_USERS ->
                Behind.users(basis, basis.series(What.ENGAGED_USER), selection.deeds(What.ENGAGED_USER));
            case MESSAGES_SENT ->
                Behind.all(basis, narrowed.apply(basis.series(What.SENT)), selection.deeds(What.SENT));
            case MESSAGES_FAILED ->
                Behind.all(basis, narrowed.apply(basis.series(What.FAILED)), selection.deeds(What.FAILED));
            default -> throw new IllegalArgumentException("no cells of a journey are behind " + list);
        };
    }

    private Behind conversions(List<Series> goals, Supplier<UserUnion> users) {
        return Behind.ofUsers(selection.basis(), selection.basis().series(What.CONVERTED_ENTRY), users, goals);
    }

    private List<Series> completions() {
        return grouped(What.EXIT_BY_REASON).getOrDefault(COMPLETED, List.of());
    }

    private Map<String, List<Series>> grouped(What what) {
        return Grouping.by(
                selection.basis().series(what), series -> word(series.key().x()));
    }

    private String word(int number) {
        return number < 0 ? UNKNOWN : words.name(number);
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
