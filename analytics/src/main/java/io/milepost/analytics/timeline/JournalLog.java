package io.milepost.analytics.timeline;

import io.milepost.analytics.cell.CellProjection;
import io.milepost.analytics.event.AcceptedEvent;
import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.Journey;
import io.milepost.analytics.journal.Block;
import io.milepost.analytics.journal.BlockArchive;
import io.milepost.analytics.measure.JourneyLog;
import io.milepost.analytics.measure.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the journal from its first block to the last, and keeps what is of the journey as the histories know it. */
public final class JournalLog implements JourneyLog {

    private final CellProjection projection;
    private final BlockArchive archive;

    public JournalLog(CellProjection projection, BlockArchive archive) {
        this.projection = projection;
        this.archive = archive;
    }

    @Override
    public void traces(String journeyId, Scope scope, OutputStream out) throws IOException {
        new XesLog(projection, journeyId, scope).write(out);
    }

    @Override
    public void events(String journeyId, OutputStream out) throws IOException {
        long blocks = projection.read(cells -> cells.sequence());
        for (long sequence = 1; sequence <= blocks; sequence++) {
            long missing = sequence;
            Block block = archive.block(sequence).orElseThrow(() -> new IllegalStateException("no block " + missing));
            for (AcceptedEvent event : ofJourney(journeyId, block)) {
                out.write(line(event));
            }
        }
        out.flush();
    }

    private List<AcceptedEvent> ofJourney(String journeyId, Block block) {
        return projection.read(cells -> {
            Histories histories = cells.histories();
            Journey journey = histories.journey(journeyId);
            return block.events().stream()
                    .filter(event -> journeyId.equals(event.journeyId)
                            || journey != null
                                    && (isOfMessage(histories, journey, event.messageId)
                                            || isOfUser(histories, journey, event)))
                    .toList();
        });
    }

    /** Of one that has a send in any of the journey's entries. */
    private static boolean isOfMessage(Histories histories, Journey journey, @Nullable String messageId) {
        int message = messageId == null ? -1 : histories.findMessage(messageId);
        boolean[] found = {false};
        if (message >= 0) {
            histories.entriesOfMessage(message, entry -> found[0] |= histories.journeyOf(entry) == journey);
        }
        return found[0];
    }

    /** A user's own event, of a user who entered. */
    private static boolean isOfUser(Histories histories, Journey journey, AcceptedEvent event) {
        String userId = event.journeyId == null && event.messageId == null ? event.userId : null;
        int user = userId == null ? -1 : histories.findUser(userId);
        boolean[] found = {false};
        if (user >= 0) {
            histories.entriesOf(user, entry -> found[0] |= histories.journeyOf(entry) == journey);
        }
        return found[0];
    }

    /** The event as received, but on one line: outside of texts, JSON takes a space as well as a line feed. */
    private static byte[] line(AcceptedEvent event) {
        byte[] line = new byte[event.rawLength + 1];
        for (int i = 0; i < event.rawLength; i++) {
            byte b = event.raw[event.rawOffset + i];
            line[i] = b == '\n' || b == '\r' ? (byte) ' ' : b;
        }
        line[event.rawLength] = '\n';
        return line;
    }
}
