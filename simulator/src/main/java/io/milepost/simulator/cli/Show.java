package io.milepost.simulator.cli;

import io.milepost.simulator.engine.Course;
import io.milepost.simulator.engine.World;
import io.milepost.simulator.report.Console;
import io.milepost.simulator.report.Figures;
import io.milepost.simulator.run.Judgement;
import io.milepost.simulator.run.Played;
import io.milepost.simulator.truth.Scope;
import io.milepost.simulator.verify.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the commands have to show alike. */
final class Show {

    private final Console console;

    Show(Console console) {
        this.console = console;
    }

    void world(World world) {
        console.title("Milepost simulator", world.scenario().title());
        console.line(
                "world",
                Figures.grouped(world.scenario().users()) + " users · seed " + world.seed() + " · " + world.start()
                        + " … " + world.end());
    }

    void played(Played played) {
        console.line(
                "played",
                Figures.grouped(played.told()) + " events in " + Figures.seconds(played.generation())
                        + " · answered for after " + Figures.seconds(played.delivered()) + " ("
                        + Figures.rate(played.delivery().emitted(), played.delivered()) + " over HTTP)");
        List<String> faults = new ArrayList<>();
        long repeated = played.faults().count("repeated");
        long disordered = played.faults().count("disordered");
        long late = played.faults().count("late");
        if (repeated > 0) {
            faults.add(Figures.grouped(repeated) + " sent twice");
        }
        if (disordered > 0) {
            faults.add(Figures.grouped(disordered) + " out of order");
        }
        if (late > 0) {
            faults.add(Figures.grouped(late) + " days late");
        }
        long split = played.faults().count("split");
        if (split > 0) {
            faults.add(Figures.grouped(split) + " apart from their transaction");
        }
        if (!faults.isEmpty()) {
            console.line("on the way", String.join(" · ", faults));
        }
    }

    void ingest(Played played, long accepted) {
        console.line(
                "ingest",
                Figures.grouped(played.delivery().emitted()) + " received = " + Figures.grouped(accepted)
                        + " accepted + " + Figures.grouped(played.delivery().duplicates()) + " duplicates + "
                        + Figures.grouped(played.delivery().droppedInAll()) + " rejected");
    }

    void figures(Course course, Judgement judgement, Verifier verifier) {
        Map<String, String> names = new LinkedHashMap<>();
        course.definitions().forEach(event -> {
            String name = event.definition().name();
            names.put(
                    event.definition().journeyId(),
                    name == null ? event.definition().journeyId() : name);
        });
        names.forEach((id, name) -> {
            Scope everything = judgement.everything(id);
            var truth = judgement.truth().of(everything);
            console.blank();
            console.summary(name, truth.summary(), verifier.summaryOf(everything));
            console.funnel(truth.nodes(), verifier.nodesOf(everything));
        });
    }

    static Duration since(long nanos, long now) {
        return Duration.ofNanos(now - nanos);
    }
}
