package io.milepost.analytics.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service itself, as a process of its own; its log is kept. */
final class ServerProcess implements AutoCloseable {

    private static final String RUNNING = "Server Running: ";

    private final Process process;
    private final BufferedReader output;
    private final List<String> log = new ArrayList<>();
    private final Thread reader = new Thread(this::readOn);

    private ServerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
        reader.setDaemon(true);
    }

    /** Begun; see {@link #address}. */
    static ServerProcess begin(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-Dmicronaut.server.port=-1");
        command.add("-Dmilepost.ingest.max-ahead=PT876000H");
        command.add("-Dmilepost.data-dir=" + folder);
        command.add("-jar");
        command.add(Path.of("target", "analytics.jar").toString());
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until it listens, which may be before its journal is read. */
    URI address() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            keep(line);
            if (line.contains(RUNNING)) {
                reader.start();
                return URI.create(
                        line.substring(line.indexOf(RUNNING) + RUNNING.length()).strip());
            }
        }
        throw new IOException("the server ended before it ran: " + log());
    }

    private void readOn() {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            keep("the log ended: " + e);
        }
    }

    private synchronized void keep(String line) {
        log.add(line);
    }

    synchronized String log() {
        return String.join("\n", log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Without warning, as by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
