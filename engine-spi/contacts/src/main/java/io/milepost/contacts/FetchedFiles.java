package io.milepost.contacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** Which files were imported, over restarts: one line of a file for each. One thread at a time. */
final class FetchedFiles {

    private final Path file;
    private final Set<String> known;

    FetchedFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        file = folder.resolve("fetched");
        known = Files.exists(file)
                ? new HashSet<>(Files.readAllLines(file, StandardCharsets.US_ASCII))
                : new HashSet<>();
    }

    boolean has(String id) {
        return known.contains(id);
    }

    /** A line that a halt cut short is of no file: that one is fetched again, and counts once. */
    void add(String id) throws IOException {
        Files.writeString(
                file,
                System.lineSeparator() + id,
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        known.add(id);
    }
}
