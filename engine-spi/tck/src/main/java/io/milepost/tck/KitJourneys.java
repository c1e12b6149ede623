package io.milepost.tck;

import java.time.Duration;

/** The journeys of the kit, each no larger than its rules need. */
final class KitJourneys {
    static final Duration HOUR = Duration.ofHours(1);

    private KitJourneys() {}

    static final KitJourney LINE = KitJourney.named("kit-line")
            .start("start")
            .step("greet")
            .waits("pause")
            .step("thank")
            .end("end")
            .flow("start", "greet", "pause", "thank", "end")
            .convertsOn("order", Duration.ofDays(7));

    static final KitJourney JOBS = KitJourney.named("kit-jobs")
            .start("start")
            .asyncStep("first")
            .asyncStep("second")
            .end("end")
            .flow("start", "first", "second", "end");

    static final KitJourney LOOP = KitJourney.named("kit-loop")
            .start("start")
            .waits("ask")
            .decision("again")
            .end("end")
            .flow("start", "ask", "again")
            .flowIf("again", "ask", "more")
            .flowIf("again", "end", "!more");

    static final KitJourney PARALLEL = KitJourney.named("kit-parallel")
            .start("start")
            .parallel("fork")
            .waits("left")
            .waits("right")
            .parallel("join")
            .end("end")
            .flow("start", "fork", "left", "join", "end")
            .flow("fork", "right", "join");

    static final KitJourney RUSH = KitJourney.named("kit-rush")
            .start("start")
            .parallel("fork")
            .asyncStep("left")
            .asyncStep("right")
            .parallel("join")
            .end("end")
            .flow("start", "fork", "left", "join", "end")
            .flow("fork", "right", "join");

    static final KitJourney MANY = KitJourney.named("kit-many")
            .start("start")
            .waitsFor("each", 3, false)
            .end("end")
            .flow("start", "each", "end");

    static final KitJourney ROW = KitJourney.named("kit-row")
            .start("start")
            .waitsFor("each", 3, true)
            .end("end")
            .flow("start", "each", "end");

    static final KitJourney TIMER = KitJourney.named("kit-timer")
            .start("start")
            .timer("sleep", HOUR)
            .end("end")
            .flow("start", "sleep", "end");

    static final KitJourney DEADLINE = KitJourney.named("kit-deadline")
            .start("start")
            .waits("answer")
            .timerOn("answer", "late", HOUR, true)
            .step("chase")
            .end("end")
            .end("given-up")
            .flow("start", "answer", "end")
            .flow("late", "chase", "given-up");

    static final KitJourney REMINDER = KitJourney.named("kit-reminder")
            .start("start")
            .waits("answer")
            .timerOn("answer", "due", HOUR, false)
            .step("remind")
            .end("end")
            .end("reminded")
            .flow("start", "answer", "end")
            .flow("due", "remind", "reminded");

    static final KitJourney ERROR = KitJourney.named("kit-error")
            .start("start")
            .step("charge")
            .errorOn("charge", "refused", "no-funds")
            .step("apologise")
            .end("end")
            .end("refunded")
            .flow("start", "charge", "end")
            .flow("refused", "apologise", "refunded");

    static final KitJourney ESCALATION = KitJourney.named("kit-escalation")
            .start("start")
            .inside("inner", body -> body.start("inner-start")
                    .escalate("raise", "slow")
                    .waits("inner-wait")
                    .end("inner-end")
                    .flow("inner-start", "raise", "inner-wait", "inner-end"))
            .escalationOn("inner", "raised", "slow", false)
            .step("help")
            .end("end")
            .end("helped")
            .flow("start", "inner", "end")
            .flow("raised", "help", "helped");

    static final KitJourney TERMINATE = KitJourney.named("kit-terminate")
            .start("start")
            .parallel("fork")
            .waits("slow")
            .waits("quick")
            .end("end")
            .terminate("stop")
            .flow("start", "fork", "slow", "end")
            .flow("fork", "quick", "stop");

    static final KitJourney COMPENSATION = KitJourney.named("kit-compensation")
            .start("start")
            .step("book")
            .undoneBy("book", "cancel-booking")
            .waits("think")
            .compensate("undo")
            .end("end")
            .flow("start", "book", "think", "undo", "end");

    static final KitJourney RACE = KitJourney.named("kit-race")
            .start("start")
            .race("first")
            .catches("replied", "reply")
            .timer("expired", HOUR)
            .end("happy")
            .end("sad")
            .flow("start", "first", "replied", "happy")
            .flow("first", "expired", "sad");

    static final KitJourney INTERRUPTED = KitJourney.named("kit-interrupted")
            .start("start")
            .waits("shop")
            .end("end")
            .flow("start", "shop", "end")
            .onMessage("leaving", "left", "leave", true, body -> body.step("farewell")
                    .end("gone")
                    .flow("left", "farewell", "gone"));

    static final KitJourney BESIDE = KitJourney.named("kit-beside")
            .start("start")
            .waits("shop")
            .end("end")
            .flow("start", "shop", "end")
            .onMessage("asking", "asked", "question", false, body -> body.step("reply")
                    .end("replied")
                    .flow("asked", "reply", "replied"));

    static final KitJourney CHILD = KitJourney.named("kit-child")
            .start("child-start")
            .waits("child-wait")
            .end("child-end")
            .flow("child-start", "child-wait", "child-end");

    static final KitJourney CALLER = KitJourney.named("kit-caller")
            .start("start")
            .call("ask-child", "kit-child")
            .end("end")
            .flow("start", "ask-child", "end");

    static final KitJourney BRANCH = KitJourney.named("kit-branch")
            .start("start")
            .decision("choice")
            .step("gold-step")
            .step("other-step")
            .end("end")
            .flow("start", "choice")
            .flowIf("choice", "gold-step", "gold")
            .flowIf("choice", "other-step", "!gold")
            .flow("gold-step", "end")
            .flow("other-step", "end");

    static final KitJourney MESSAGES = KitJourney.named("kit-messages")
            .start("start")
            .send("mail", "email")
            .end("end")
            .flow("start", "mail", "end");
}
