package io.milepost.simulator.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line to analytics that can be cut: whatever is on it at that moment is lost half way, a request or its answer. New
 * connections are refused for a while.
 */
public final class Wire implements AutoCloseable {

    private static final int BUFFER = 1 << 14;

    private final URI target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong refusals = new AtomicLong();

    /** @throws UncheckedIOException if there is no free port */
    public Wire(URI target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the line to analytics", e);
        }
        start("milepost-wire", this::listen);
    }

    /** This end of it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** @param refused so many connections are refused from now on, before one is let through again */
    public void cut(int refused) {
        refusals.set(refused);
        open.forEach(Wire::drop);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    drop(near);
                } else {
                    connect(near);
                }
            } catch (IOException closed) {
                // by close(), or by a caller that is gone already
                continue;
            }
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(target.getHost(), target.getPort());
            open.add(near);
            open.add(far);
            start("milepost-wire-out", () -> pump(near, far));
            start("milepost-wire-in", () -> pump(far, near));
        } catch (IOException unreachable) {
            drop(near);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException cut) {
            // both ends notice
        } finally {
            open.remove(from);
            open.remove(to);
            drop(from);
            drop(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Wire::drop);
    }
}
