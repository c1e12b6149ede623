package io.milepost.simulator.cli;

import io.milepost.simulator.replay.LogException;
import io.milepost.simulator.scenario.ScenarioException;
import io.milepost.simulator.verify.AnalyticsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        withHelp(line);
        line.registerConverter(URI.class, SimulatorCommand::address);
        line.registerConverter(
                ZoneId.class, text -> known(text, ZoneId::of, "a zone such as Europe/Berlin or UTC is expected"));
        line.registerConverter(
                Charset.class, text -> known(text, Charset::forName, "a charset such as windows-1252 is expected"));
        line.setParameterExceptionHandler((e, arguments) -> {
            CommandLine command = e.getCommandLine();
            String help = command.getParent() == null ? "help" : "help " + command.getCommandName();
            command.getErr().println("simulator: " + told(e) + " ('simulator " + help + "' tells what there is)");
            return Exit.WRONG_USE;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("simulator: " + told(e));
            if (isOurs(e)) {
                e.printStackTrace(command.getErr());
            }
            return code(e);
        });
        return line;
    }

    /** {@code --help} and {@code --version} with every command. */
    private static void withHelp(CommandLine line) {
        String version = SimulatorCommand.class.getPackage().getImplementationVersion();
        line.getCommandSpec().version("simulator " + (version == null ? "of no release" : version));
        line.getSubcommands().values().forEach(command -> {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.helpCommand() && !spec.mixinStandardHelpOptions()) {
                spec.mixinStandardHelpOptions(true)
                        .version(line.getCommandSpec().version());
            }
        });
    }

    private static <T> T known(String text, Function<String, T> named, String expected) {
        try {
            return named.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new TypeConversionException(expected + ", not '" + text + "'");
        }
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new TypeConversionException(noAddress(text));
        }
        throw new TypeConversionException(noAddress(text));
    }

    private static String noAddress(String text) {
        return "an address such as http://127.0.0.1:8080 is expected, not '" + text + "'";
    }

    /** Whether it is a fault of the simulator itself, of which the place should be known. */
    private static boolean isOurs(Exception e) {
        return e instanceof NullPointerException
                || e instanceof IndexOutOfBoundsException
                || e instanceof ClassCastException
                || e instanceof UnsupportedOperationException;
    }

    private static String told(Exception e) {
        if (e instanceof UnmatchedArgumentException unknown) {
            List<String> known = unknown.getSuggestions();
            return "there is no " + unknown.getUnmatched().get(0)
                    + (known.isEmpty() ? "" : "; did you mean " + String.join(" or ", known) + "?");
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no file or folder for " + missing.getFile() + "; make the folder first";
        }
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
