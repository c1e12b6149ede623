package io.milepost.transport;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An engine in a process of its own, to be killed: emits batches of three events and tells each after the hook returned. */
final class EmittingProcess {
    private EmittingProcess() {}

    @SuppressWarnings("InfiniteLoopStatement")
    public static void main(String[] args) {
        PrintStream out = System.out;
        Transport transport = Transport.to(URI.create(args[0]))
                .spool(Path.of(args[1]))
                .linger(Duration.ofMillis(5))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(100))
                .build();
        long pauseNanos = Long.parseLong(args[2]);
        for (int number = 0; ; number += 3) {
            LockSupport.parkNanos(pauseNanos);
            transport.emit(Events.batch(number, 3));
            out.println(number + 3);
            out.flush();
        }
    }
}
