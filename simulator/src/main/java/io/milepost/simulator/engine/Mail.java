package io.milepost.simulator.engine;

import io.milepost.simulator.channel.Dispatch;
import io.milepost.simulator.scenario.Scenario;
import io.milepost.spi.JourneyEvent.MessageEngaged;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEventType;
import io.milepost.spi.MessageRef;
import io.milepost.spi.Money;
import java.util.HashSet;
import java.util.Set;

/** The messages of one entry, and what came back. */
final class Mail {

    private final Life life;
    private final Pass pass;
    private final Set<String> engaged = new HashSet<>(4);
    private int messages;

    Mail(Life life, Pass pass) {
        this.life = life;
        this.pass = pass;
    }

    /** Whether a person, not a machine, did that to a message of that node. */
    boolean wasEngaged(String node, String kind) {
        return engaged.contains(node + ' ' + kind);
    }

    /** Plans the message's tries; gives the time from now to the last of them, in milliseconds. */
    long send(Stay stay, Dispatch dispatch) {
        Scenario.Sending sends = stay.step().node.sends();
        if (sends == null) {
            return 0;
        }
        Scenario.Cost cost = sends.cost();
        MessageRef message = new MessageRef(
                stay.step().id(),
                pass.entryId() + "-m" + ++messages,
                sends.channel(),
                sends.platforms() ? life.platform() : null,
                cost == null ? null : new Money(cost.amount(), cost.currency()));
        int tries = 0;
        for (long after : dispatch.failedAfter()) {
            int number = ++tries;
            soon(after, () -> tryFailed(message, number, "try " + number + " failed"));
        }
        if (dispatch.sentAfter() != null) {
            int number = ++tries;
            soon(dispatch.sentAfter(), () -> sent(message, number, dispatch));
        }
        return dispatch.lastTry();
    }

    /** Now, in the same transaction, or later, unless the entry is over by then. */
    private void soon(long after, Runnable step) {
        if (after == 0) {
            step.run();
        } else {
            life.at(life.now() + after, () -> {
                if (!pass.isOver()) {
                    step.run();
                }
            });
        }
    }

    private void tryFailed(MessageRef message, int number, String reason) {
        life.tell(new MessageFailed(
                life.source()
                        .envelope(
                                JourneyEventType.MESSAGE_FAILED,
                                life.time(),
                                message.messageId(),
                                Integer.toString(number)),
                pass.ref(),
                message,
                reason));
    }

    private void sent(MessageRef message, int number, Dispatch dispatch) {
        life.tell(new MessageSent(
                life.source()
                        .envelope(
                                JourneyEventType.MESSAGE_SENT,
                                life.time(),
                                message.messageId(),
                                Integer.toString(number)),
                pass.ref(),
                message));
        long at = life.now();
        if (dispatch.refusedAfter() != null) {
            life.at(at + dispatch.refusedAfter(), () -> tryFailed(message, number + 1, "refused by the provider"));
        }
        int count = 0;
        for (Dispatch.Reaction reaction : dispatch.reactions()) {
            int n = ++count;
            life.at(at + reaction.after(), () -> react(message, n, reaction));
        }
    }

    private void react(MessageRef message, int number, Dispatch.Reaction reaction) {
        if (!reaction.machine()) {
            engaged.add(message.nodeId() + ' ' + reaction.kind());
        }
        life.tell(new MessageEngaged(
                life.source()
                        .envelope(
                                JourneyEventType.MESSAGE_ENGAGED,
                                life.time(),
                                message.messageId(),
                                reaction.kind(),
                                Integer.toString(number)),
                message.messageId(),
                reaction.kind(),
                reaction.link(),
                reaction.machine()));
    }
}
