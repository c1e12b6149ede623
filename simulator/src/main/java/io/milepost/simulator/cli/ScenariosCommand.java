package io.milepost.simulator.cli;

import io.milepost.simulator.report.Console;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.simulator.scenario.ScenarioReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "scenarios", description = "Lists the scenarios that come with the simulator.")
final class ScenariosCommand implements Callable<Integer> {

    @Option(names = "--schema", description = "Prints the JSON Schema of scenario files instead.")
    private boolean schema;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (schema) {
            Out.of(spec).println(ScenarioReader.schema());
            Out.of(spec).flush();
            return Exit.AGREES;
        }
        Console console = Terminal.console(Out.of(spec));
        int width = ScenarioReader.builtIns().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        for (String name : ScenarioReader.builtIns()) {
            Scenario scenario = ScenarioReader.builtIn(name).scenario();
            console.line(
                    name + " ".repeat(width - name.length()),
                    scenario.title() + " (" + scenario.users() + " users, " + scenario.weeks() + " weeks)");
        }
        return Exit.AGREES;
    }
}
