package io.milepost.tck;

/** The kit's journeys as the toy engine plays them: what happens at each stimulus. */
final class ToyScripts {
    private ToyScripts() {}

    static void play(ToyTransaction t, String journey, String stimulus) {
        switch (journey + ' ' + stimulus) {
            case "kit-line enter" -> t.pass("start").step("greet").open("pause");
            case "kit-line done:pause" -> t.close("pause").step("thank").end("end");
            case "kit-jobs enter" -> t.pass("start").job("first");
            case "kit-jobs job:first" -> t.step("first").job("second");
            case "kit-jobs job:second" -> t.step("second").end("end");
            case "kit-loop enter" -> t.pass("start").open("ask");
            case "kit-loop done:ask" -> loop(t);
            case "kit-parallel enter" ->
                t.pass("start").pass("fork").open("left").open("right");
            case "kit-parallel done:left" -> join(t.close("left"));
            case "kit-parallel done:right" -> join(t.close("right"));
            case "kit-rush enter" -> t.pass("start").pass("fork").job("left").job("right");
            case "kit-rush job:left" -> join(t.step("left"));
            case "kit-rush job:right" -> join(t.step("right"));
            case "kit-many enter" -> t.pass("start").many("each", 3);
            case "kit-many done:each" -> many(t);
            case "kit-row enter" -> t.pass("start").many("each", 1);
            case "kit-row done:each" -> row(t);
            case "kit-timer enter" -> t.pass("start").open("sleep").timer("sleep");
            case "kit-timer due:sleep" -> t.close("sleep").end("end");
            case "kit-deadline enter" -> t.pass("start").open("answer").timer("late");
            case "kit-deadline due:late" ->
                t.cancel("answer").pass("late").step("chase").end("given-up");
            case "kit-reminder enter" -> t.pass("start").open("answer").timer("due");
            case "kit-reminder due:due" -> reminder(t);
            case "kit-reminder done:answer" -> t.close("answer").end("end");
            case "kit-error enter" -> error(t.pass("start"));
            case "kit-escalation enter" -> escalation(t.pass("start"));
            case "kit-escalation done:inner-wait" ->
                t.close("inner-wait").pass("inner-end").close("inner").end("end");
            case "kit-terminate enter" ->
                t.pass("start").pass("fork").open("slow").open("quick");
            case "kit-terminate done:quick" -> terminate(t.close("quick"));
            case "kit-compensation enter" -> t.pass("start").step("book").open("think");
            case "kit-compensation done:think" -> compensation(t.close("think"));
            case "kit-race enter" -> t.pass("start").open("first").timer("expired");
            case "kit-race message:reply" -> t.gateway("first").pass("replied").end("happy");
            case "kit-race due:expired" -> t.gateway("first").pass("expired").end("sad");
            case "kit-interrupted enter", "kit-beside enter" -> t.pass("start").open("shop");
            case "kit-interrupted message:leave" -> interrupted(t.cancel("shop"));
            case "kit-beside message:question" -> beside(t);
            case "kit-beside done:shop" -> t.close("shop").end("end");
            case "kit-child enter" -> t.pass("child-start").open("child-wait");
            case "kit-child done:child-wait" -> t.close("child-wait").end("child-end");
            case "kit-caller enter" -> t.pass("start").open("ask-child").call("kit-child");
            case "kit-caller returned" -> t.close("ask-child").end("end");
            case "kit-branch enter" -> branch(t.pass("start"));
            case "kit-messages enter" -> t.pass("start").job("mail");
            case "kit-messages job:mail" -> t.step("mail").end("end");
            default -> throw new IllegalStateException(journey + " doesn't know " + stimulus);
        }
    }

    private static void loop(ToyTransaction t) {
        t.close("ask").pass("again");
        if (t.has("more")) {
            t.open("ask");
        } else {
            t.end("end");
        }
    }

    private static void join(ToyTransaction t) {
        if (t.faulty(Fault.JOIN_NEVER_LEFT)) {
            t.open("join");
        } else {
            t.pass("join");
        }
        if (t.joined() == 2) {
            t.end("end");
        }
    }

    private static void many(ToyTransaction t) {
        t.close("each");
        if (!t.isOpen("each")) {
            t.end("end");
        }
    }

    private static void row(ToyTransaction t) {
        t.close("each");
        if (t.joined() < 3) {
            t.many("each", 1);
        } else {
            t.end("end");
        }
    }

    private static void reminder(ToyTransaction t) {
        if (t.faulty(Fault.REMINDER_CLOSES_ITS_HOST)) {
            t.close("answer");
        }
        t.pass("due").step("remind").pass("reminded");
    }

    private static void error(ToyTransaction t) {
        t.open("charge");
        try {
            t.run("charge");
        } catch (KitSteps.BusinessError refused) {
            t.cancel("charge");
            if (!t.faulty(Fault.ERROR_PATH_UNTOLD)) {
                t.pass("refused").step("apologise");
            }
            t.end("refunded");
            return;
        }
        t.close("charge").end("end");
    }

    private static void escalation(ToyTransaction t) {
        t.open("inner").pass("inner-start").pass("raise");
        if (!t.faulty(Fault.ESCALATION_UNTOLD)) {
            t.pass("raised").step("help").pass("helped");
        }
        t.open("inner-wait");
    }

    private static void terminate(ToyTransaction t) {
        if (!t.faulty(Fault.TERMINATED_VISITS_STAY_OPEN)) {
            t.cancel("slow");
        }
        t.end("stop");
    }

    private static void compensation(ToyTransaction t) {
        t.open("undo");
        if (!t.faulty(Fault.COMPENSATION_UNTOLD)) {
            t.step("cancel-booking");
        }
        t.close("undo").end("end");
    }

    private static void interrupted(ToyTransaction t) {
        if (t.faulty(Fault.EVENT_SUB_PROCESS_UNTOLD)) {
            t.finish();
            return;
        }
        t.open("leaving")
                .pass("left")
                .step("farewell")
                .pass("gone")
                .close("leaving")
                .finish();
    }

    private static void beside(ToyTransaction t) {
        t.open("asking").pass("asked").step("reply").pass("replied").close("asking");
        if (t.faulty(Fault.BESIDE_CLOSES_THE_REST)) {
            t.close("shop");
        }
    }

    private static void branch(ToyTransaction t) {
        String taken = t.has("gold") ? "gold-step" : "other-step";
        t.decide("choice", "choice-to-" + taken).step(taken).end("end");
    }
}
