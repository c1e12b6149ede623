package io.milepost.simulator.engine;

import io.milepost.simulator.engine.Plan.Step;
import io.milepost.simulator.scenario.Diagram.Cause;
import io.milepost.simulator.scenario.Diagram.Kind;
import io.milepost.spi.ExitReason;
import org.jspecify.annotations.Nullable;

/** What becomes of events that come to an entry from beside its flow: on boundaries, in event sub-processes, from the inside. */
final class Catching {

    private final Pass pass;

    Catching(Pass pass) {
        this.pass = pass;
    }

    /** An event on a boundary. */
    void strike(Place place, Step boundary, Interruptible host) {
        if (pass.isOver() || !host.isOpen()) {
            return;
        }
        if (boundary.drawn.interrupts()) {
            host.cancel();
        } else {
            place.tokens++;
        }
        pass.moving(() -> pass.arrive(place, boundary, null));
    }

    /** The event of an event sub-process. */
    void rise(Place place, Step scope, Step start) {
        if (pass.isOver() || place.over) {
            return;
        }
        if (start.drawn.interrupts()) {
            pass.cancelAll(place);
            place.tokens = 1;
        } else {
            place.tokens++;
        }
        pass.moving(() -> pass.arrive(place, scope, null));
    }

    /** A business error of that code ends the visit, which is open. */
    void error(Stay stay, @Nullable String code) {
        Step boundary = catching(stay.step(), Cause.ERROR, code);
        if (boundary != null) {
            strike(stay.place, boundary, stay.rounds == null ? stay : stay.rounds);
        } else {
            stay.cancel();
            raise(stay.place, Cause.ERROR, code, stay.step());
        }
    }

    /** A token has come to an end with an error. */
    void error(Place place, Step end) {
        place.last = end;
        raise(place, Cause.ERROR, end.code(), end);
    }

    /** A token passes a step that may escalate. */
    void escalation(Place place, Step step) {
        if (step.drawn.waitsFor(Cause.ESCALATION)
                && (step.drawn.kind() == Kind.THROW || step.drawn.kind() == Kind.END)) {
            raise(place, Cause.ESCALATION, step.code(), step);
        }
    }

    /** Leads to who catches it, from the inside out; an error nobody catches fails the entry. */
    private void raise(Place from, Cause cause, @Nullable String code, Step at) {
        for (Place place = from; place != null; place = place.around()) {
            for (Step scope : pass.version().beside(place.scope())) {
                for (Step start : scope.starts()) {
                    if (start.catches(cause, code)) {
                        rise(place, scope, start);
                        return;
                    }
                }
            }
            Stay host = place.of;
            Step boundary = host == null ? null : catching(host.step(), cause, code);
            if (host != null && boundary != null) {
                strike(host.place, boundary, host.rounds == null ? host : host.rounds);
                return;
            }
        }
        if (cause == Cause.ERROR) {
            pass.exit(ExitReason.FAILED, at.id());
        }
    }

    private static @Nullable Step catching(Step host, Cause cause, @Nullable String code) {
        for (Step boundary : host.boundaries()) {
            if (boundary.catches(cause, code)) {
                return boundary;
            }
        }
        return null;
    }
}
