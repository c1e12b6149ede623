package io.milepost.simulator;

import io.milepost.simulator.cli.SimulatorCommand;

/** Runs the command line. */
public final class Simulator {
    private Simulator() {}

    public static void main(String[] arguments) {
        System.exit(SimulatorCommand.execute(arguments));
    }
}
