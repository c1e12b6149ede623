package io.milepost.simulator.cli;

/** How a command ends. */
final class Exit {
    static final int AGREES = 0;
    static final int DIFFERS = 1;
    static final int WRONG_USE = 2;
    static final int UNREACHABLE = 3;

    private Exit() {}
}
