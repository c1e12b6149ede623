package io.milepost.operaton;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.operaton.bpm.engine.HistoryService;
import org.operaton.bpm.engine.ProcessEngine;

/**
 * From a main: Operaton's own statistics of a process's activities beside the nodes of a running analytics, which has the
 * same instances and nothing else. The engine's history is in memory and its SQL is not cached, and the query does not pass a
 * network; analytics is asked over HTTP for all its figures of a node.
 */
final class StatisticsBenchmark {
    private static final int ROUNDS = 101;
    /** Of both: what is compared are servers that have been up for a while. */
    private static final int WARMING = 500;

    private final HistoryService history;
    private final String process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI nodes;

    private StatisticsBenchmark(ProcessEngine engine, String analytics) {
        history = engine.getHistoryService();
        process = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("overhead")
                .singleResult()
                .getId();
        nodes = URI.create(analytics + "/v1/journeys/overhead/nodes");
    }

    /** Takes the address of an analytics without any event, and the number of instances. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2 || args[0].isEmpty()) {
            System.out.println("statistics: no -Dstatistics.analytics=http://… given, nothing is compared");
            return;
        }
        int instances = Integer.parseInt(args[1]);
        JourneysPlugin plugin = new JourneysPlugin();
        plugin.setAnalytics(args[0]);
        plugin.setSpool(Files.createTempDirectory("statistics").toString());
        OverheadJourney journey = OverheadJourney.with(plugin, "full");
        journey.play(instances);
        plugin.flush(Duration.ofMinutes(1));
        plugin.installed().capture().context().sink().flush(Duration.ofMinutes(1));
        StatisticsBenchmark benchmark = new StatisticsBenchmark(journey.engine(), args[0]);
        benchmark.awaitSame(instances);
        benchmark.measure(instances);
        System.exit(0);
    }

    private void awaitSame(int instances) throws IOException, InterruptedException {
        long theirs = statistics();
        Pattern complete = Pattern.compile("\"completedCount\":" + instances + ",");
        for (int i = 0; i < 100; i++) {
            if (theirs == 6L * instances && complete.matcher(ask()).results().count() == 6) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IllegalStateException("the engine has " + theirs + " activities, analytics " + ask());
    }

    private void measure(int instances) throws IOException, InterruptedException {
        double[] theirs = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int i = -WARMING; i < ROUNDS; i++) {
            long start = System.nanoTime();
            statistics();
            long between = System.nanoTime();
            ask();
            if (i >= 0) {
                theirs[i] = (between - start) / 1e6;
                ours[i] = (System.nanoTime() - between) / 1e6;
                times[i] = theirs[i] / ours[i];
            }
        }
        Arrays.sort(theirs);
        Arrays.sort(ours);
        Arrays.sort(times);
        System.out.printf(
                "%,d instances, %d interleaved rounds: Operaton's statistics %.2f ms (p99 %.2f), nodes over HTTP %.2f ms"
                        + " (p99 %.2f), %.1f x (middle half %.1f to %.1f); medians%n",
                instances,
                ROUNDS,
                theirs[ROUNDS / 2],
                theirs[ROUNDS * 99 / 100],
                ours[ROUNDS / 2],
                ours[ROUNDS * 99 / 100],
                times[ROUNDS / 2],
                times[ROUNDS / 4],
                times[ROUNDS * 3 / 4]);
    }

    /** Activities that ended, by the engine's history. */
    private long statistics() {
        return history
                .createHistoricActivityStatisticsQuery(process)
                .includeFinished()
                .includeCanceled()
                .list()
                .stream()
                .mapToLong(activity -> activity.getFinished())
                .sum();
    }

    private String ask() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(nodes).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
