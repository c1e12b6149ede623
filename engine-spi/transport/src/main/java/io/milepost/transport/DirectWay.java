package io.milepost.transport;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Rows have what a request has: they go to analytics as they are, and need no spool, for the table is theirs. */
final class DirectWay implements RowWay {
    private final Settings settings;
    private final Ledger ledger;
    private final Courier courier;
    private final BooleanSupplier closing;

    DirectWay(Settings settings, Ledger ledger, Courier courier, BooleanSupplier closing) {
        this.settings = settings;
        this.ledger = ledger;
        this.courier = courier;
        this.closing = closing;
    }

    @Override
    public int mostEvents() {
        return settings.batchEvents();
    }

    @Override
    public int mostBytes() {
        return settings.batchBytes();
    }

    @Override
    public boolean bring(List<Outbox.Row> rows, BooleanSupplier ended) throws InterruptedException {
        if (closing.getAsBoolean()) {
            return false;
        }
        Chunk.Lines lines = lines(rows);
        int settled = 0;
        ledger.emitted(lines.count());
        try {
            settled = courier.deliver(lines, () -> ended.getAsBoolean() || closing.getAsBoolean());
        } finally {
            ledger.withdrawn(lines.count() - settled);
        }
        return settled == lines.count();
    }

    private static Chunk.Lines lines(List<Outbox.Row> rows) {
        byte[] all = new byte[rows.stream().mapToInt(row -> row.lines().length).sum()];
        int length = 0;
        int count = 0;
        for (Outbox.Row row : rows) {
            System.arraycopy(row.lines(), 0, all, length, row.lines().length);
            length += row.lines().length;
            count += row.events();
        }
        return new Chunk.Lines(all, 0, length, count);
    }
}
