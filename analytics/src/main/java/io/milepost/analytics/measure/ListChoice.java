package io.milepost.analytics.measure;

import io.milepost.analytics.measure.MeasureDescription.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The list that a request names: by its own name, or by the path of a figure that counts, e.g. {@code
 * engagements.clicked.users} or {@code channels.push.sent}.
 *
 * @param filters what the path narrows it to
 */
public record ListChoice(ListMeasure list, Map<ListFilter, String> filters) {

    public ListChoice {
        filters = Map.copyOf(filters);
    }

    /**
     * The list of a journey's measure.
     *
     * @throws IllegalArgumentException where there is none, with what there is
     */
    public static ListChoice ofJourney(String measure) {
        return of(measure, Level.JOURNEY, JourneySummary.class, Measures.JOURNEY);
    }

    /**
     * The list of a node's measure.
     *
     * @throws IllegalArgumentException where there is none, with what there is
     */
    public static ListChoice ofNode(String measure) {
        return of(measure, Level.NODE, NodeFigures.class, Measures.NODE);
    }

    /**
     * The list of a stage's measure.
     *
     * @throws IllegalArgumentException where there is none, with what there is
     */
    public static ListChoice ofStage(String measure) {
        return switch (measure) {
            case "waiting" -> new ListChoice(ListMeasure.WAITING_IN_STAGE, Map.of());
            case "dropped" -> new ListChoice(ListMeasure.DROPPED_IN_STAGE, Map.of());
            default -> of(measure, Level.STAGE, StageFigures.class, Measures.STAGE);
        };
    }

    private static ListChoice of(String measure, Level level, Class<? extends Record> shape, Measures measures) {
        for (ListMeasure list : ListMeasure.values()) {
            if (list.level() == level && list.text().equals(measure)) {
                return new ListChoice(list, Map.of());
            }
        }
        try {
            List<String> steps = FigurePath.of(measure, shape, measures.names()).names();
            return new Path(level).follow(steps);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "it is one of " + String.join(", ", ListMeasure.names(level))
                            + ", or the path of a figure that counts, such as " + example(level),
                    e);
        }
    }

    private static String example(Level level) {
        return switch (level) {
            case JOURNEY -> "channels.push.sent";
            case NODE -> "engagements.clicked.users";
            case STAGE -> "dropOffRate.numerator";
        };
    }

    /** Follows the steps of a path to its list. */
    private static final class Path {

        private final Level level;
        private final Map<ListFilter, String> filters = new EnumMap<>(ListFilter.class);

        Path(Level level) {
            this.level = level;
        }

        ListChoice follow(List<String> steps) {
            return new ListChoice(list(steps), filters);
        }

        private ListMeasure list(List<String> steps) {
            List<String> rest = steps.subList(1, steps.size());
            return switch (steps.get(0)) {
                case "exitsByReason" -> keyed(ListFilter.REASON, "exitsByReason", rest);
                case "rejectedEntries" -> keyed(ListFilter.REASON, "rejectedEntries", rest);
                case "channels" -> keyed(ListFilter.CHANNEL, "channels", rest);
                case "engagements" -> keyed(ListFilter.KIND, "engagements", rest);
                case "outcomes" -> keyed(ListFilter.OUTCOME, "outcomes", rest);
                case "platforms" -> platform(rest);
                case "conversionRate", "completionRate", "clickThroughRate", "dropOffRate" -> rate(steps);
                case "goalValue", "trafficCost" -> sum(steps);
                case "duration" -> named("duration");
                case "waitingUserCount" -> named("waiting");
                case "droppedUserCount" -> named("dropped");
                default -> named(String.join(".", steps));
            };
        }

        private ListMeasure keyed(ListFilter filter, String name, List<String> rest) {
            if (rest.isEmpty()) {
                return named(name);
            }
            filters.put(filter, rest.get(0));
            String leaf = rest.size() > 1 ? rest.get(1) : "";
            return switch (leaf) {
                case "", "count" -> named(name);
                case "sent" -> named("messagesSent");
                case "failed" -> named("messagesFailed");
                default -> named(name + "." + leaf);
            };
        }

        private ListMeasure platform(List<String> rest) {
            if (rest.size() < 2) {
                throw new IllegalArgumentException("platforms have several figures each");
            }
            filters.put(ListFilter.PLATFORM, rest.get(0));
            return list(rest.subList(1, rest.size()));
        }

        private ListMeasure rate(List<String> steps) {
            boolean denominator = steps.size() > 1 && steps.get(1).equals("denominator");
            return switch (steps.get(0)) {
                case "conversionRate" ->
                    level == Level.STAGE
                            ? named(denominator ? "enteredUsers" : "completedUsers")
                            : named(denominator ? "entryUsers" : "conversionRate");
                case "clickThroughRate" -> named(denominator ? "sentUserCount" : "clickThroughRate");
                case "completionRate" -> named(denominator ? "entryUserCount" : "completionRate");
                default ->
                    level == Level.STAGE
                            ? named(denominator ? "enteredUsers" : "droppedUsers")
                            : named(denominator ? "entryUserCount" : "dropped");
            };
        }

        /** What a sum of all currencies adds up. */
        private ListMeasure sum(List<String> steps) {
            if (steps.size() > 1) {
                throw new IllegalArgumentException("no list has one currency");
            }
            return named(steps.get(0).equals("goalValue") ? "goalEvents" : "messagesSent");
        }

        private ListMeasure named(String name) {
            for (ListMeasure list : ListMeasure.values()) {
                if (list.level() == level && list.text().equals(name)) {
                    return list;
                }
            }
            throw new IllegalArgumentException("there is no list of " + name);
        }
    }
}
