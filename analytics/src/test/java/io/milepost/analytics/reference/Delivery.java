package io.milepost.analytics.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A way of bringing the same events to a subject. None may change a figure. */
public enum Delivery {
    IN_ONE_GO {
        @Override
        void run(List<String> events, Random random, Course course) {
            course.feed(events);
        }
    },
    SHUFFLED_IN_ODD_BATCHES {
        @Override
        void run(List<String> events, Random random, Course course) {
            feedInBatches(shuffled(events, random), random, course);
        }
    },
    IN_ORDER_OF_TIME {
        @Override
        void run(List<String> events, Random random, Course course) {
            feedInBatches(inOrder(events), random, course);
        }
    },
    LATEST_FIRST {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> reversed = new ArrayList<>(inOrder(events));
            Collections.reverse(reversed);
            feedInBatches(reversed, random, course);
        }
    },
    REPEATED {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> twice = new ArrayList<>(events);
            twice.addAll(some(events, 0.5, random));
            feedInBatches(shuffled(twice, random), random, course);
            course.check();
            course.feed(some(events, 0.3, random));
        }
    },
    SOME_LATE {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> late = some(events, 0.3, random);
            List<String> inTime = new ArrayList<>(events);
            inTime.removeAll(late);
            feedInBatches(inTime, random, course);
            course.check();
            feedInBatches(late, random, course);
        }
    },
    ONE_BY_ONE {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> order = shuffled(events, random);
            int first = Math.max(0, order.size() - 8);
            course.feed(order.subList(0, first));
            for (String event : order.subList(first, order.size())) {
                course.feed(List.of(event));
                course.check();
            }
        }
    },
    DEFINITIONS_LAST {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> definitions = events.stream()
                    .filter(event -> SeenEvent.parse(event).is("journey.defined"))
                    .toList();
            List<String> others = new ArrayList<>(events);
            others.removeAll(definitions);
            feedInBatches(others, random, course);
            course.check();
            definitions.forEach(definition -> course.feed(List.of(definition)));
        }
    },
    WITH_RESTARTS {
        @Override
        void run(List<String> events, Random random, Course course) {
            List<String> order = shuffled(events, random);
            int cut = order.isEmpty() ? 0 : random.nextInt(order.size());
            feedInBatches(order.subList(0, cut), random, course);
            course.restart();
            course.check();
            feedInBatches(order.subList(cut, order.size()), random, course);
            course.restart();
        }
    };

    /** What a delivery may do on its way; a check is made at its end in any case. */
    interface Course {
        void feed(List<String> batch);

        void restart();

        void check();
    }

    abstract void run(List<String> events, Random random, Course course);

    private static void feedInBatches(List<String> events, Random random, Course course) {
        int start = 0;
        while (start < events.size()) {
            int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 3 : 200);
            int end = Math.min(events.size(), start + size);
            course.feed(events.subList(start, end));
            start = end;
        }
    }

    private static List<String> shuffled(List<String> events, Random random) {
        List<String> order = new ArrayList<>(events);
        Collections.shuffle(order, random);
        return order;
    }

    private static List<String> inOrder(List<String> events) {
        return events.stream()
                .sorted((a, b) -> SeenEvent.parse(a).compareTo(SeenEvent.parse(b)))
                .toList();
    }

    private static List<String> some(List<String> events, double share, Random random) {
        return events.stream().filter(event -> random.nextDouble() < share).toList();
    }
}
