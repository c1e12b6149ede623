package io.milepost.simulator.channel;

import io.milepost.simulator.channel.Dispatch.Reaction;
import io.milepost.simulator.scenario.Scenario.Engagement;
import io.milepost.simulator.scenario.Scenario.Retry;
import io.milepost.simulator.scenario.Scenario.Sending;
import io.milepost.simulator.scenario.Traits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws what becomes of the messages of one send node. */
public final class Channel {

    /** A person does no thing a hundred times; it also ends the loop where someone writes odds of 1. */
    private static final int MOST_AGAIN = 20;

    private final Sending sending;

    public Channel(Sending sending) {
        this.sending = sending;
    }

    public Dispatch dispatch(SplittableRandom random, Traits traits) {
        List<Long> failed = new ArrayList<>(1);
        Long sent = tries(random, traits, failed);
        if (sent == null) {
            return new Dispatch(failed, null, null, List.of());
        }
        Long refused = refusal(random, traits);
        return new Dispatch(failed, sent, refused, reactions(random, traits));
    }

    private @Nullable Long tries(SplittableRandom random, Traits traits, List<Long> failed) {
        Retry retry = sending.retry();
        long after = 0;
        for (int tries = 0; ; tries++) {
            if (!sending.fails().happens(random, traits)) {
                return after;
            }
            failed.add(after);
            if (retry == null || tries >= retry.most()) {
                return null;
            }
            after += 1 + retry.after().millis(random);
        }
    }

    private @Nullable Long refusal(SplittableRandom random, Traits traits) {
        var refused = sending.refused();
        return refused != null && refused.odds().happens(random, traits)
                ? (Long) (1 + refused.after().millis(random))
                : null;
    }

    private List<Reaction> reactions(SplittableRandom random, Traits traits) {
        if (sending.engagements().isEmpty()) {
            return List.of();
        }
        List<Reaction> reactions = new ArrayList<>();
        Map<String, Long> first = new HashMap<>();
        sending.engagements().forEach((kind, engagement) -> {
            long base = 0;
            if (engagement.of() != null) {
                Long before = first.get(engagement.of());
                if (before == null) {
                    return;
                }
                base = before;
            }
            engage(random, traits, kind, engagement, base, reactions, first);
        });
        return reactions;
    }

    private static void engage(
            SplittableRandom random,
            Traits traits,
            String kind,
            Engagement engagement,
            long base,
            List<Reaction> reactions,
            Map<String, Long> first) {
        if (engagement.machine().happens(random, traits)) {
            reactions.add(new Reaction(kind, base + 1, true, engagement.link()));
        }
        if (!engagement.odds().happens(random, traits)) {
            return;
        }
        long at = base + engagement.after().millis(random);
        first.put(kind, at);
        reactions.add(new Reaction(kind, at, false, engagement.link()));
        for (int more = 0; more < MOST_AGAIN && engagement.again().happens(random, traits); more++) {
            at += 1 + engagement.after().millis(random);
            reactions.add(new Reaction(kind, at, false, engagement.link()));
        }
    }
}
