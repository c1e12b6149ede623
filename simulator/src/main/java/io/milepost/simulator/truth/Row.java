package io.milepost.simulator.truth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list, by what tells it from the others.
 *
 * @param userId empty where the engine turned away someone unnamed
 * @param text the same for the same thing, whoever tells it
 * @param entryId of the entry it is about; null = of none, or of any of the user's
 * @param messageId null = about no message
 */
public record Row(String userId, String text, @Nullable String entryId, @Nullable String messageId) {

    public static Row ofUser(String userId, @Nullable String entryId) {
        return new Row(userId, userId, entryId, null);
    }

    public static Row ofEntry(String userId, String entryId) {
        return new Row(userId, userId + ", entry " + entryId, entryId, null);
    }

    public static Row ofVisit(String userId, String entryId, String node) {
        return new Row(userId, userId + ", entry " + entryId + " at " + node, entryId, null);
    }

    public static Row ofMessage(String userId, String entryId, String messageId, Instant time) {
        return new Row(userId, userId + ", message " + messageId + " at " + time, entryId, messageId);
    }

    public static Row ofEngagement(String userId, String messageId, String kind, Instant time) {
        return new Row(userId, userId + ", " + kind + " " + messageId + " at " + time, null, messageId);
    }

    public static Row ofOutcome(String userId, String entryId, String node, String outcome, Instant time) {
        return new Row(
                userId, userId + ", entry " + entryId + " at " + node + ": " + outcome + " at " + time, entryId, null);
    }

    public static Row ofEvent(String userId, String event, Instant time) {
        return new Row(userId, userId + ", " + event + " at " + time, null, null);
    }

    public static Row ofRejection(String userId, String reason, Instant time) {
        return new Row(userId, userId + ", " + reason + " at " + time, null, null);
    }

    /** The first entry of a month. */
    public static Row ofEngaged(String userId, String journeyId, Instant time) {
        return new Row(userId, userId + ", engaged by " + journeyId + " at " + time, null, null);
    }

    /** FNV-1a over the characters of the text, then mixed, so that sums of hashes of like texts differ. */
    public long hash() {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
