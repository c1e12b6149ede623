package io.milepost.analytics.fault;

/** How long tests go on: short in every build, long in the profile {@code soak} ({@code -Dmilepost.soak=true}). */
final class Soak {

    private Soak() {}

    static int rounds(int inEveryBuild, int whenSoaking) {
        return Boolean.getBoolean("milepost.soak") ? whenSoaking : inEveryBuild;
    }
}
