package io.milepost.simulator.cli;

import io.milepost.simulator.replay.LogException;
import io.milepost.simulator.scenario.ScenarioException;
import io.milepost.simulator.verify.AnalyticsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The simulator's commands. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Drives synthetic journeys through the SPI, knows the truth of them, and fails when analytics differs.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:analytics agrees with the truth",
            "1:it differs",
            "2:the command cannot be run as it was written",
            "3:analytics cannot be reached"
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            VerifyCommand.class,
            GenerateCommand.class,
            ExplainCommand.class,
            ScenariosCommand.class,
            ReplayCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        })
public final class SimulatorCommand {

    /** Runs the command of that line and gives its exit code; does not end the process. */
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SimulatorCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("simulator: " + told(e));
            if (isOurs(e)) {
                e.printStackTrace(command.getErr());
            }
            return code(e);
        });
        return line;
    }

    /** Whether it is a fault of the simulator itself, of which the place should be known. */
    private static boolean isOurs(Exception e) {
        return e instanceof NullPointerException
                || e instanceof IndexOutOfBoundsException
                || e instanceof ClassCastException
                || e instanceof UnsupportedOperationException;
    }

    private static String told(Exception e) {
        if (e instanceof UncheckedIOException || e instanceof IOException) {
            return "cannot read or write: " + e.getMessage();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static int code(Exception e) {
        if (e instanceof AnalyticsException answer) {
            return answer.unreachable() ? Exit.UNREACHABLE : Exit.DIFFERS;
        }
        if (e instanceof ScenarioException
                || e instanceof LogException
                || e instanceof UseException
                || e instanceof IOException) {
            return Exit.WRONG_USE;
        }
        return e instanceof UncheckedIOException || e instanceof IllegalStateException
                ? Exit.UNREACHABLE
                : Exit.WRONG_USE;
    }
}
