package io.milepost.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.milepost.simulator.scenario.Diagram.Trigger;
import io.milepost.spi.JourneyDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that decides a run but its seed and the instant it ends at. Read by {@link ScenarioReader}, which has checked it.
 *
 * @param title one line for people
 * @param zone in which days and hours of arrivals, and the local days of the checks, are meant
 * @param users how many people there are
 * @param weeks how much virtual time passes
 */
public record Scenario(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String title,
        @JsonProperty(required = true) ZoneId zone,
        @JsonProperty(required = true) int users,
        @JsonProperty(required = true) int weeks,
        @JsonProperty(required = true) Population population,
        @JsonProperty(required = true) Arrivals arrivals,
        @JsonProperty(required = true) List<Journey> journeys,
        Faults faults) {

    public Scenario {
        journeys = List.copyOf(journeys);
        faults = faults == null ? Faults.NONE : faults;
    }

    /** The same scenario for that many people. */
    public Scenario withUsers(int count) {
        return new Scenario(name, title, zone, count, weeks, population, arrivals, journeys, faults);
    }

    public Scenario withWeeks(int count) {
        return new Scenario(name, title, zone, users, count, population, arrivals, journeys, faults);
    }

    public Scenario withFaults(Faults others) {
        return new Scenario(name, title, zone, users, weeks, population, arrivals, journeys, others);
    }

    /**
     * @param attributes each with its values and their shares; a user keeps what he was given
     * @param platforms of a user's devices; {@code none} = not known
     */
    public record Population(
            @JsonProperty(required = true) Map<String, Split> attributes,
            @JsonProperty(required = true) Split platforms) {}

    /**
     * When users come for the first time.
     *
     * @param until share of the virtual time after which no one comes any more
     * @param hours weights of the 24 hours of a day in the scenario's zone
     * @param weekdays weights of the 7 days from Monday
     * @param bursts who comes in them does not come by the hours' weights
     * @param replays name of a file beside the scenario with an instant a line, ascending: people come so far apart from one
     *     another instead, from the start of the run; with more people than lines, it begins anew
     */
    public record Arrivals(
            @JsonProperty(required = true) double until,
            @JsonProperty(required = true) List<Double> hours,
            @JsonProperty(required = true) List<Double> weekdays,
            List<Burst> bursts,
            @Nullable String replays) {
        public Arrivals {
            bursts = bursts == null ? List.of() : List.copyOf(bursts);
        }
    }

    /**
     * Many at once, e.g. after a campaign.
     *
     * @param at after the start of the run
     * @param lasts how long they go on to come, evenly
     * @param share of all who come
     */
    public record Burst(
            @JsonProperty(required = true) Duration at,
            @JsonProperty(required = true) Duration lasts,
            @JsonProperty(required = true) double share) {}

    /**
     * @param odds that a user who comes enters this journey
     * @param variants sticky for a user; {@code none} = no experiment
     * @param test odds that an entry is a test
     * @param rejected who is turned away
     * @param reentry who comes again
     * @param stops what ends entries early
     * @param versions ascending, the first from the start
     * @param imports contact files read for this journey; who enters it is not their matter
     */
    public record Journey(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String name,
            Odds odds,
            @Nullable Split variants,
            Odds test,
            @Nullable Rejected rejected,
            @Nullable Reentry reentry,
            List<Stop> stops,
            @JsonProperty(required = true) List<Version> versions,
            List<Conversion> conversions,
            List<Import> imports) {
        public Journey {
            odds = odds == null ? Odds.of(1) : odds;
            test = test == null ? Odds.NEVER : test;
            stops = stops == null ? List.of() : List.copyOf(stops);
            versions = List.copyOf(versions);
            conversions = conversions == null ? List.of() : List.copyOf(conversions);
            imports = imports == null ? List.of() : List.copyOf(imports);
        }
    }

    /**
     * A contact file that comes again and again.
     *
     * @param connection where it comes from
     * @param first after the start of the run
     * @param rows of the file
     * @param invalid odds of each row
     * @param reasons of the invalid rows
     * @param fails odds that the connection breaks and nothing is read
     */
    public record Import(
            @JsonProperty(required = true) String connection,
            @Nullable String file,
            Duration first,
            @JsonProperty(required = true) Duration every,
            @JsonProperty(required = true) Spread rows,
            Odds invalid,
            Split reasons,
            Odds fails) {
        public Import {
            first = first == null ? Duration.ZERO : first;
            invalid = invalid == null ? Odds.NEVER : invalid;
            reasons = reasons == null ? Split.of("invalid") : reasons;
            fails = fails == null ? Odds.NEVER : fails;
        }
    }

    public record Rejected(@JsonProperty(required = true) Odds odds, @JsonProperty(required = true) Split reasons) {}

    /**
     * @param after the exit
     * @param most times a user enters in all
     */
    public record Reentry(
            @JsonProperty(required = true) Odds odds,
            @JsonProperty(required = true) Spread after,
            @JsonProperty(required = true) int most) {}

    /**
     * The end of an entry from outside.
     *
     * @param after the entry
     * @param reason of the exit
     * @param leavesVisits whether open visits are left as cancelled first, or simply closed by the exit
     */
    public record Stop(
            @JsonProperty(required = true) Odds odds,
            @JsonProperty(required = true) Spread after,
            @JsonProperty(required = true) String reason,
            boolean leavesVisits) {}

    /**
     * @param from when it becomes the one that is entered, after the start of the run; null = at the start
     * @param migrates odds that an entry of the version before is taken along then
     * @param moves nodes of the version before that became other ones, old to new
     * @param bpmn name of the BPMN 2.0 file, beside the scenario; null = the nodes say what comes after what
     * @param process which of its processes; null = the first that can be executed, else the first with a start
     * @param nodes how each node behaves; one of a diagram that is not named passes on at once, a timer after its time, a
     *     decision evenly by all its flows
     */
    public record Version(
            @JsonProperty(required = true) int version,
            Duration from,
            Odds migrates,
            Map<String, String> moves,
            @Nullable String bpmn,
            @Nullable String process,
            @Nullable String conversionEvent,
            List<Filter> conversionFilter,
            @Nullable Duration attributionWindow,
            List<Stage> stages,
            Map<String, Node> nodes) {
        public Version {
            from = from == null ? Duration.ZERO : from;
            migrates = migrates == null ? Odds.NEVER : migrates;
            moves = moves == null ? Map.of() : Map.copyOf(moves);
            conversionFilter = conversionFilter == null ? List.of() : List.copyOf(conversionFilter);
            stages = stages == null ? List.of() : List.copyOf(stages);
            // In the order of the file: that of the definition, where there is no diagram.
            nodes = nodes == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        }
    }

    /** A condition of {@code journey.defined}; numbers of the file are numbers there. */
    public record Filter(
            @JsonProperty(required = true) String attribute,
            @JsonProperty(required = true) JourneyDefinition.Operator op,
            @JsonProperty(required = true) Object value) {}

    public record Stage(
            @JsonProperty(required = true) String id,
            @Nullable String name,
            @JsonProperty(required = true) List<String> nodes) {}

    /**
     * @param type in the contract's words, where the diagram's element does not say it (e.g. {@code update}, {@code goal})
     * @param sends what a send node sends
     * @param stays between arrival and leaving (for a send node: after its last try)
     * @param branches shares of the flows out of a decision, by name (or id)
     * @param takes odds of each flow out of an inclusive gateway, by name (or id); one at least is taken
     * @param asks takes the flow {@code yes} where the entry's message of that node was engaged so, else {@code no}
     * @param outcomes a custom step's own outcomes
     * @param fails odds that the entry ends here as failed
     * @param exits reason of the exit at an end, where it is not {@code completed}
     * @param happens when the event comes: on a boundary, at the start of an event sub-process, behind an event gateway
     * @param times how many rounds an activity has that is done several times
     * @param name for people, where no diagram says it
     * @param next what comes after it, where no diagram says it; null = the journey ends there
     * @param calls id of the journey it calls and waits for, where no diagram says it
     * @param inside id of the sub-process it is in, where no diagram says it; what has nodes inside is one
     * @param on id of the node on whose boundary it is an event, where no diagram says it
     * @param catches what that event waits for
     * @param interrupts whether the event ends what it sits on; null = it does
     * @param raises an error that ends its way, or an escalation, where no diagram says it
     */
    public record Node(
            @Nullable String type,
            @Nullable Sending sends,
            @Nullable Spread stays,
            @Nullable Split branches,
            @Nullable Map<String, Odds> takes,
            @Nullable Question asks,
            @Nullable Split outcomes,
            @Nullable Odds fails,
            @Nullable String exits,
            @Nullable Happening happens,
            @Nullable Spread times,
            @Nullable String name,
            @Nullable Next next,
            @Nullable String calls,
            @Nullable String inside,
            @Nullable String on,
            @Nullable Trigger catches,
            @Nullable Boolean interrupts,
            @Nullable Trigger raises) {}

    /**
     * @param odds null = always
     * @param after since it could; null = as the diagram's timer says
     */
    public record Happening(Odds odds, @Nullable Spread after) {
        public Happening {
            odds = odds == null ? Odds.of(1) : odds;
        }
    }

    public record Question(
            @JsonProperty(required = true) String node,
            @JsonProperty(required = true) String kind,
            @JsonProperty(required = true) String yes,
            @JsonProperty(required = true) String no) {}

    /**
     * How a channel behaves.
     *
     * @param fails odds that one try fails
     * @param retry null = a failed try is the last
     * @param refused odds that a sent message turns out as failed later
     * @param platforms whether the message goes to the user's platform
     */
    public record Sending(
            @JsonProperty(required = true) String channel,
            @Nullable Cost cost,
            boolean platforms,
            Odds fails,
            @Nullable Retry retry,
            @Nullable Refused refused,
            Map<String, Engagement> engagements) {
        public Sending {
            fails = fails == null ? Odds.NEVER : fails;
            engagements = engagements == null ? Map.of() : engagements;
        }
    }

    public record Cost(
            @JsonProperty(required = true) BigDecimal amount, @JsonProperty(required = true) String currency) {}

    public record Retry(@JsonProperty(required = true) int most, @JsonProperty(required = true) Spread after) {}

    public record Refused(@JsonProperty(required = true) Odds odds, @JsonProperty(required = true) Spread after) {}

    /**
     * @param of the kind that must have come before; null = the message being sent
     * @param after it
     * @param again odds that it happens once more, each time
     * @param machine odds that a scanner does the same beside the person
     */
    public record Engagement(
            @JsonProperty(required = true) Odds odds,
            @Nullable String of,
            @JsonProperty(required = true) Spread after,
            Odds again,
            Odds machine,
            @Nullable String link) {
        public Engagement {
            again = again == null ? Odds.NEVER : again;
            machine = machine == null ? Odds.NEVER : machine;
        }
    }

    /** What the delay of a conversion is counted from. */
    public enum Anchor {
        ENTERED,
        EXITED,
        /** The last instant at which an exited entry can still convert. */
        WINDOW_END
    }

    /**
     * A business event of a user because of an entry.
     *
     * @param after the anchor
     * @param again odds that it happens once more after the same delay, each time
     * @param attributes of the event; what reads as a number or boolean becomes one
     */
    public record Conversion(
            @JsonProperty(required = true) String event,
            @JsonProperty(required = true) Odds odds,
            @JsonProperty(required = true) Anchor anchor,
            @JsonProperty(required = true) Spread after,
            @Nullable Value value,
            Odds again,
            Map<String, Split> attributes) {
        public Conversion {
            again = again == null ? Odds.NEVER : again;
            attributes = attributes == null ? Map.of() : attributes;
        }
    }

    /** @param currency null = the amount has none */
    public record Value(@JsonProperty(required = true) Spread amount, @Nullable String currency) {}

    /**
     * What goes wrong between the engine and analytics. None of it may change a figure, but {@code lost} and
     * {@code skew}, which the truth knows of.
     *
     * @param duplicates share of batches sent a second time
     * @param disorder share of batches held back behind some later ones
     * @param late share of batches held back for {@code lateBy} of virtual time
     * @param lost share of events lost at the source
     * @param split share of transactions whose events travel apart
     * @param skew of the engine's nodes: one's clock is right, one's is ahead so much, one's behind
     * @param senders that send in turn, each with its own spool and connections; 0 = one
     * @param batch events in a body at most; 0 = the usual number
     * @param cuts of the line to analytics while it is played
     */
    public record Faults(
            double duplicates,
            double disorder,
            double late,
            Duration lateBy,
            double lost,
            double split,
            Duration skew,
            int senders,
            int batch,
            int cuts) {
        public static final Faults NONE = of(0, 0, 0, Duration.ofDays(2), 0);

        public Faults {
            lateBy = lateBy == null ? Duration.ofDays(2) : lateBy;
            skew = skew == null ? Duration.ZERO : skew;
            senders = Math.max(1, senders);
        }

        /** With one sender, all clocks right and the line intact. */
        public static Faults of(double duplicates, double disorder, double late, Duration lateBy, double lost) {
            return new Faults(duplicates, disorder, late, lateBy, lost, 0, Duration.ZERO, 1, 0, 0);
        }
    }
}
