package io.milepost.engines;

import java.nio.file.Path;
import java.util.List;

/** What an engine that is to halt is given, as the arguments of its process. */
public record HaltingSettings(String database, Path spool, String analytics, boolean strict, long seed) {
    public static HaltingSettings of(String[] arguments) {
        return new HaltingSettings(
                arguments[0],
                Path.of(arguments[1]),
                arguments[2],
                Boolean.parseBoolean(arguments[3]),
                Long.parseLong(arguments[4]));
    }

    HaltingSettings withSeed(long other) {
        return new HaltingSettings(database, spool, analytics, strict, other);
    }

    List<String> command(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                database,
                spool.toString(),
                analytics,
                Boolean.toString(strict),
                Long.toString(seed));
    }
}
