package io.milepost.simulator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The command line in this process. */
final class Runs {

    /** @param out all that was written */
    record Ran(int exit, String out) {}

    private Runs() {}

    static Ran simulator(List<String> command, List<String> more) {
        StringWriter out = new StringWriter();
        CommandLine line = SimulatorCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(more);
        return new Ran(line.execute(arguments.toArray(String[]::new)), out.toString());
    }
}
