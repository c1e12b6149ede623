package io.milepost.analytics.erasure;

import io.milepost.analytics.history.Histories;
import io.milepost.analytics.history.HistoryEvent;
import io.milepost.spi.JourneyEventType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a user has left something.
 *
 * @param blocks sequences of those with events that name him, or are about his messages
 * @param messageIds of the messages that were sent to him, or could not be
 */
record Traces(Set<Long> blocks, Set<String> messageIds) {

    static Traces of(Histories histories, String userId) {
        Set<Long> blocks = new TreeSet<>();
        Set<String> messageIds = new HashSet<>();
        int user = histories.findUser(userId);
        if (user >= 0) {
            histories.ofUser(user).forEach(event -> blocks.add(event.block));
            for (int entry : histories.entriesNaming(user)) {
                addEntry(histories, user, histories.ofEntry(entry), blocks, messageIds);
            }
        }
        return new Traces(blocks, messageIds);
    }

    private static void addEntry(
            Histories histories, int user, List<HistoryEvent> events, Set<Long> blocks, Set<String> messageIds) {
        Set<Integer> messages = new HashSet<>();
        for (HistoryEvent event : events) {
            if (event.user == user) {
                blocks.add(event.block);
                if (event.isSend() && messages.add(event.message)) {
                    messageIds.add(histories.messageId(event.message));
                    addEngagements(histories.ofWandering(event.message), Set.of(event.message), blocks);
                }
            }
        }
        addEngagements(events, messages, blocks);
    }

    private static void addEngagements(@Nullable List<HistoryEvent> events, Set<Integer> messages, Set<Long> blocks) {
        if (events != null) {
            for (HistoryEvent event : events) {
                if (event.type == JourneyEventType.MESSAGE_ENGAGED && messages.contains(event.message)) {
                    blocks.add(event.block);
                }
            }
        }
    }
}
