package io.milepost.operaton;

import io.milepost.spi.AdapterContext;
import io.milepost.spi.Diagnostics;
import io.milepost.spi.EventSource;
import io.milepost.spi.JourneyEventSink;
import io.milepost.spi.NodeClassifier;
import io.milepost.spi.UserResolver;
import io.milepost.transport.Reconciler;
import io.milepost.transport.StrictMode;
import io.milepost.transport.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.delegate.Expression;
import org.operaton.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.history.HistoryLevel;
import org.operaton.bpm.engine.impl.history.event.HistoryEventTypes;
import org.operaton.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches journey analytics on: one plugin more in the engine's configuration, as XML, a bean or in Java. Says by its
 * properties where analytics listens and who a process instance is about.
 *
 * <p>Properties are set before the engine is built, on one thread. A wrong one stops the engine from starting, with a
 * message that names it; once it runs, the engine doesn't notice Milepost.
 *
 * @since 0.1
 */
public final class JourneysPlugin extends AbstractProcessEnginePlugin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JourneysPlugin.class);

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private @Nullable String analytics;
    private @Nullable String spool;
    private @Nullable String source;
    private @Nullable String token;
    private String user = "businessKey";
    private boolean gzip;
    private boolean strict;
    private @Nullable JourneyEventSink sink;
    private @Nullable UserResolver users;
    private NodeClassifier nodes = NodeClassifier.standard();
    private @Nullable Transport transport;
    private @Nullable Capture capture;
    private @Nullable CapturePlugin installed;
    private @Nullable ProcessEngineConfigurationImpl configured;
    private @Nullable Thread atExit;
    private @Nullable Reconciler reconciler;
    private @Nullable Path marks;
    private Duration reconcile = Duration.ofDays(1);

    /** Where analytics listens, e.g. {@code http://localhost:8080}. Required, unless there is a {@link #setSink sink}. */
    public void setAnalytics(String url) {
        analytics = url;
    }

    /** The folder where events wait while analytics is away, this engine's alone. {@code milepost-spool/<engine>}. */
    public void setSpool(String folder) {
        spool = folder;
    }

    /** Who speaks, the same after a restart and on all nodes of a cluster. {@code /engines/operaton/<engine>}. */
    public void setSource(String uri) {
        source = uri;
    }

    /** Sent as {@code Authorization: Bearer …}. None. */
    public void setToken(String bearer) {
        token = bearer;
    }

    /** Whether requests are compressed, for an analytics behind a slow network: costs CPU. False. */
    public void setGzip(boolean compressed) {
        gzip = compressed;
    }

    /**
     * Who a process instance is about: {@code businessKey}, {@code variable:<name>} or an expression such as
     * {@code ${customer.id}}, each asked of the outermost instance. {@code businessKey}.
     */
    public void setUser(String where) {
        user = where;
    }

    /** As {@link #setUser}, in Java. */
    public void setUsers(UserResolver resolver) {
        users = resolver;
    }

    /** What nodes are, where the diagram doesn't say. By their BPMN. */
    public void setNodes(NodeClassifier classifier) {
        nodes = classifier;
    }

    /** Takes the events instead of a transport to {@link #setAnalytics analytics}. */
    public void setSink(JourneyEventSink given) {
        sink = given;
    }

    /**
     * Strict mode: what a transaction tells is stored by that transaction in the engine's database, in the table {@code
     * MILEPOST_OUTBOX}, and deleted once analytics has answered for it. Nothing is lost and nothing told that was not
     * committed, at any halt; a transaction whose events can't be stored fails. False.
     */
    public void setOutbox(boolean inTheEnginesDatabase) {
        strict = inTheEnginesDatabase;
    }

    /**
     * How far back, at most, the engine's history is told again when the engine starts, as an ISO-8601 duration: from the
     * last moment up to which all is known to be told, which the spool's folder keeps. {@code PT0S} = not at all. {@code P1D}.
     * Needs a history of level {@code activity} or more; in strict mode there is nothing to heal.
     */
    public void setReconcile(String window) {
        try {
            reconcile = Duration.parse(window);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "JourneysPlugin: reconcile must be an ISO-8601 duration such as P1D, not " + window, e);
        }
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        EventSource speaker =
                new EventSource(source == null ? "/engines/operaton/" + engine.getProcessEngineName() : source);
        AdapterContext context = AdapterContext.of(speaker, sink(engine))
                .users(users == null ? resolver(engine) : users)
                .nodes(nodes)
                .settings(Map.of(StrictMode.SETTING, Boolean.toString(strict)))
                .build();
        Capture capturing = new Capture(context);
        capture = capturing;
        configured = engine;
        installed = new CapturePlugin(capturing);
        installed.preInit(engine);
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        installed().postInit(engine);
        LOG.info("Milepost tells the journeys of the engine {}", engine.getProcessEngineName());
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine built) {
        ProcessEngineConfigurationImpl engine = engine();
        if (strict || reconcile.isZero() || marks == null || !keepsVisits(engine.getHistoryLevel())) {
            return;
        }
        Capture capturing = installed().capture();
        reconciler = new Reconciler(
                new HistoryReplay(capturing, engine),
                capturing.context().sink(),
                marks.resolve("told-until"),
                reconcile,
                () -> ClockUtil.getCurrentTime().toInstant(),
                capturing::flush);
    }

    private static boolean keepsVisits(HistoryLevel level) {
        return level.isHistoryEventProduced(HistoryEventTypes.ACTIVITY_INSTANCE_START, null);
    }

    /**
     * The facade for delegates, to be made a bean {@code journeys} where a container names them.
     *
     * @throws IllegalStateException if the engine is not built yet
     */
    public Journeys journeys() {
        return new Journeys(installed().capture());
    }

    /**
     * Tells again what the engine's history knows of that time, by the ids it was or would have been told with: heals
     * what a killed process did not get to tell. What analytics already has it refuses, and no figure changes. Blocks for
     * as long as the history takes to read; never call it on an engine's thread.
     *
     * @return the number of events told
     * @throws IllegalStateException if the engine is not built yet
     */
    public long replay(Instant from, Instant to) {
        Capture capturing = installed().capture();
        return new HistoryReplay(capturing, engine())
                .replay(from, to, capturing.context().sink());
    }

    ProcessEngineConfigurationImpl engine() {
        if (configured == null) {
            throw new IllegalStateException("JourneysPlugin: the engine with this plugin is not built yet");
        }
        return configured;
    }

    /**
     * Waits until all that was committed before this call has been handed to analytics' transport, or in strict mode has
     * arrived. Blocks for at most that long; never call it on an engine's thread. False if time ran out.
     */
    public boolean flush(Duration deadline) {
        return installed().capture().flush(deadline);
    }

    CapturePlugin installed() {
        if (installed == null) {
            throw new IllegalStateException("JourneysPlugin: the engine with this plugin is not built yet");
        }
        return installed;
    }

    /** What was captured, sent and given up so far. Any thread; doesn't block or throw. */
    public Diagnostics diagnostics() {
        Diagnostics captured = capture == null ? Diagnostics.NONE : capture.diagnostics();
        return reconciler == null ? captured : captured.plus(reconciler.diagnostics());
    }

    /**
     * Stops telling; what was told is in the spool then. The engine has no hook for its own end: call it after closing
     * the engine (Spring does so by itself), or leave it to the end of the process. Blocks for some seconds at most.
     */
    @Override
    public void close() {
        if (atExit != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException alreadyExiting) {
                // The hook is at work, and does what follows.
                return;
            }
        }
        end();
    }

    private void end() {
        if (reconciler != null) {
            reconciler.close();
        }
        if (capture != null) {
            if (!strict) {
                // What the outbox has is safe, and its database may be closed by now.
                capture.flush(LAST_WORDS);
            }
            capture.close();
        }
        if (transport != null) {
            transport.close();
        }
    }

    private JourneyEventSink sink(ProcessEngineConfigurationImpl engine) {
        if (sink != null) {
            return sink;
        }
        if (analytics == null) {
            throw new IllegalArgumentException(
                    "JourneysPlugin: analytics is required: where does it listen? E.g. http://localhost:8080");
        }
        marks = Path.of(spool == null ? "milepost-spool/" + engine.getProcessEngineName() : spool);
        Transport.Builder way = Transport.to(URI.create(analytics)).spool(marks).gzip(gzip);
        if (token != null) {
            way.header("Authorization", "Bearer " + token);
        }
        transport = way.build();
        atExit = new Thread(this::end, "milepost-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        return transport;
    }

    private UserResolver resolver(ProcessEngineConfigurationImpl engine) {
        if (user.equals("businessKey")) {
            return UserResolver.businessKey();
        }
        if (user.startsWith("variable:")) {
            return UserResolver.variable(user.substring("variable:".length()));
        }
        if (user.contains("${") || user.contains("#{")) {
            return byExpression(engine, user);
        }
        throw new IllegalArgumentException(
                "JourneysPlugin: user must be businessKey, variable:<name> or an expression such as ${customer.id}");
    }

    private static UserResolver byExpression(ProcessEngineConfigurationImpl engine, String text) {
        return instance -> {
            if (!(instance instanceof RootInstance root)) {
                // The history has no execution that an expression could be asked of.
                return instance.businessKey();
            }
            Expression expression = engine.getExpressionManager().createExpression(text);
            Object value = expression.getValue(root.execution());
            return value == null ? null : value.toString();
        };
    }
}
