package io.milepost.simulator.cli;

import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.Figures;
import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Whether someone watches, and how to show him something. */
final class Terminal {

    private Terminal() {}

    /** Whether a person sits there: both ends are a terminal. */
    static boolean attended() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there always is a console, and this method tells.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    static Console console(PrintWriter out) {
        return new Console(out, attended() && System.getenv("NO_COLOR") == null);
    }

    /** A line that counts up, where someone watches; nothing elsewhere. */
    static LongConsumer progress(PrintWriter out, String label) {
        if (!attended()) {
            return count -> {};
        }
        return count -> {
            out.print("\r  " + label + " " + Figures.grouped(count) + "\u001b[K\r");
            out.flush();
        };
    }
}
