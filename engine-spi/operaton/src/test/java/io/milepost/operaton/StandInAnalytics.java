package io.milepost.operaton;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What stands for analytics where an engine is measured: reads, waits and answers, in a process of its own. */
final class StandInAnalytics implements AutoCloseable {
    private final Process process;
    private final String address;

    private StandInAnalytics(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static StandInAnalytics answering(int status, long delayMillis) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        // Or the server's two writes an answer meet a delayed acknowledgement: 40 ms a request.
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandInAnalytics.class.getName(),
                        Integer.toString(status),
                        Long.toString(delayMillis))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader told =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new StandInAnalytics(process, "http://127.0.0.1:" + told.readLine());
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Takes the status and the milliseconds before it is told; tells its port, and ends with its standard input. */
    public static void main(String[] args) throws IOException {
        int status = Integer.parseInt(args[0]);
        long delayMillis = Long.parseLong(args[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/v1/events", exchange -> answer(exchange, status, delayMillis));
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void answer(HttpExchange exchange, int status, long delayMillis) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            new CountDownLatch(1).await(delayMillis, TimeUnit.MILLISECONDS);
            byte[] answer = "{\"accepted\":1,\"duplicates\":0,\"rejectedCount\":0,\"rejected\":[]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
