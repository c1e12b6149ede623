package io.milepost.simulator.cli;

import java.util.List;

/** Every fault there is a setting for, one by one and together, and none. */
enum Faults {
    NONE("--no-faults"),
    REPEATED("--no-faults", "--duplicates", "0.3"),
    DISORDERED("--no-faults", "--disorder", "0.4"),
    LATE("--no-faults", "--late", "0.1"),
    LOST("--no-faults", "--lost", "0.1"),
    APART("--no-faults", "--split", "1", "--disorder", "0.2"),
    SKEWED("--no-faults", "--skew", "PT7M"),
    MANY_SENDERS("--no-faults", "--senders", "5"),
    SMALL_BODIES("--no-faults", "--batch", "3"),
    CUT_LINE("--no-faults", "--cuts", "4"),
    POISONED("--no-faults", "--poison", "3"),
    ALL(
            "--duplicates",
            "0.2",
            "--disorder",
            "0.2",
            "--late",
            "0.05",
            "--lost",
            "0.05",
            "--split",
            "0.5",
            "--skew",
            "PT2S",
            "--senders",
            "3",
            "--batch",
            "40",
            "--cuts",
            "3");

    private final List<String> options;

    Faults(String... options) {
        this.options = List.of(options);
    }

    List<String> options() {
        return options;
    }
}
