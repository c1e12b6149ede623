package io.milepost.engines;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What Milepost itself logs as a warning or an error while this is open. */
final class MilepostLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger milepost = (Logger) LoggerFactory.getLogger("io.milepost");
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    MilepostLog() {
        setContext(milepost.getLoggerContext());
        start();
        milepost.addAppender(this);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    protected void append(ILoggingEvent told) {
        if (told.getLevel().isGreaterOrEqual(Level.WARN)) {
            complaints.add(told.getLevel() + " " + told.getLoggerName() + ": " + told.getFormattedMessage());
        }
    }

    @Override
    public void close() {
        milepost.detachAppender(this);
        stop();
    }
}
