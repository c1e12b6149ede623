package io.milepost.operaton.example;

import io.milepost.operaton.JourneysPlugin;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.Money;
import io.milepost.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.operaton.bpm.engine.MismatchingMessageCorrelationException;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/**
 * Customers sign up five times a second. Each is welcomed by push and, if nothing was ordered within some seconds, reminded by
 * email; half of them order, and then get an email of thanks. Every two seconds the journey's figures are printed, as
 * analytics knows them at that moment.
 */
public final class Onboarding implements AutoCloseable {
    private static final String JOURNEY = "customer-onboarding";

    private final Random random = new Random(42);
    private final ScheduledExecutorService world = Executors.newScheduledThreadPool(2);
    private final EventSource shop = new EventSource("/example/shop");
    private final Transport shopToAnalytics;
    private final JourneysPlugin journeys;
    private final ProcessEngine engine;
    private int customers;

    /** @param folder where events wait while analytics is away */
    Onboarding(String analytics, Path folder) {
        // What happens outside the engine, orders and opened messages, an application tells by a transport of its own.
        shopToAnalytics = Transport.to(URI.create(analytics))
                .spool(folder.resolve("shop"))
                .build();
        journeys = new JourneysPlugin();
        journeys.setAnalytics(analytics);
        journeys.setSpool(folder.resolve("engine").toString());
        // An engine in memory begins anew each time, and with it its ids: so must its name.
        journeys.setSource("/example/engine/" + Instant.now().toEpochMilli());
        engine = engine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("customer-onboarding.bpmn")
                .deploy();
    }

    private ProcessEngine engine() {
        Map<Object, Object> workers = new HashMap<>();
        workers.put("phone", new Worker(this::delivered, 0.1));
        workers.put("mailbox", new Worker(this::delivered, 0.02));
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:onboarding;DB_CLOSE_DELAY=-1");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorActivate(true);
        configuration.setBeans(workers);
        configuration.getProcessEnginePlugins().add(journeys);
        ProcessEngine built = configuration.buildProcessEngine();
        // Timers of seconds are better not looked for once a minute.
        configuration.getJobExecutor().setMaxWait(500);
        return built;
    }

    void open() {
        world.scheduleAtFixedRate(this::signUp, 0, 200, TimeUnit.MILLISECONDS);
    }

    private synchronized void signUp() {
        String customer = "customer-" + ++customers;
        String entry = engine.getRuntimeService()
                .startProcessInstanceByKey(JOURNEY, customer)
                .getId();
        if (random.nextBoolean()) {
            world.schedule(() -> order(customer, entry), 1_000 + random.nextInt(6_000), TimeUnit.MILLISECONDS);
        }
    }

    private void order(String customer, String entry) {
        shopToAnalytics.emit(JourneyEventBatch.of(
                shop.userActed(Instant.now(), customer, "first-order").worth(Money.of("25.00", "EUR"))));
        try {
            engine.getRuntimeService()
                    .createMessageCorrelation("ordered")
                    .processInstanceId(entry)
                    .correlate();
        } catch (MismatchingMessageCorrelationException tooLate) {
            System.out.println(customer + " ordered after the reminder");
        }
    }

    private synchronized void delivered(String messageId) {
        if (random.nextInt(3) > 0) {
            world.schedule(() -> opened(messageId), 500 + random.nextInt(1_000), TimeUnit.MILLISECONDS);
        }
    }

    private void opened(String messageId) {
        shopToAnalytics.emit(JourneyEventBatch.of(shop.messageEngaged(Instant.now(), messageId, "opened")));
    }

    @Override
    public void close() {
        world.shutdownNow();
        engine.close();
        journeys.flush(Duration.ofSeconds(5));
        shopToAnalytics.flush(Duration.ofSeconds(5));
        journeys.close();
        shopToAnalytics.close();
    }

    /** Where analytics listens, for how many seconds, and a folder; all have a default. */
    public static void main(String[] args) throws Exception {
        String analytics = args.length > 0 ? args[0] : "http://localhost:8080";
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Path folder = Path.of(args.length > 2 ? args[2] : "target/example-spool");
        Figures figures = new Figures(URI.create(analytics), JOURNEY);
        try (Onboarding example = new Onboarding(analytics, folder)) {
            example.open();
            for (int passed = 0; passed < seconds; passed += 2) {
                Thread.sleep(2_000);
                System.out.println(figures.read());
            }
        }
    }
}
