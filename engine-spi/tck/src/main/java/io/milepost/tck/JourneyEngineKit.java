package io.milepost.tck;

import static io.milepost.tck.KitJourneys.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.spi.Capability;
import io.milepost.spi.EntryRef;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition;
import io.milepost.spi.JourneyEvent;
import io.milepost.spi.JourneyEvent.JourneyDefined;
import io.milepost.spi.JourneyEvent.JourneyEntered;
import io.milepost.spi.JourneyEvent.JourneyExited;
import io.milepost.spi.JourneyEvent.JourneyMigrated;
import io.milepost.spi.JourneyEvent.MessageFailed;
import io.milepost.spi.JourneyEvent.MessageSent;
import io.milepost.spi.JourneyEvent.NodeEntered;
import io.milepost.spi.JourneyEvent.NodeExited;
import io.milepost.spi.JourneyEvent.OutcomeReached;
import io.milepost.spi.JourneyEventBatch;
import io.milepost.spi.MessageRef;
import io.milepost.spi.ReplaySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The compatibility kit: extend it beside your adapter, say how your engine is started and what it can tell, and run it
 * as any JUnit test.
 *
 * <p>What one entry may emit, in one line: {@code journey.entered (node.entered … node.exited | message.sent |
 * message.failed | outcome | migrated)* journey.exited}, every id once, every visit exited at most once, and nothing of a
 * transaction that was rolled back.
 *
 * <p>Rules that need a capability which isn't declared are skipped with {@link #reasonWithout its reason}. A broken rule
 * prints its text, likely causes and all that was told.
 *
 * @since 0.1
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JourneyEngineKit {
    private static final Duration SHORT = Duration.ofMillis(300);

    private @Nullable KitRun shared;

    /** Starts an engine of its own with the adapter attached by {@code setup.context()}. Called a few times. */
    protected abstract KitEngine start(KitSetup setup);

    /** What the adapter declares. */
    protected abstract Set<Capability> capabilities();

    /** Why a capability is not declared, for the matrix. */
    protected String reasonWithout(Capability missing) {
        return missing + " is not declared";
    }

    /** How long the kit waits before it says that something is held. 10 s. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** Where the results go, one rule a line; empty = nowhere. */
    protected Optional<Path> report() {
        return Optional.of(Path.of("target", "kit", getClass().getSimpleName() + ".tsv"));
    }

    @BeforeAll
    void forgetTheLastReport() {
        report().ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @BeforeEach
    void beginWithNothingTold() {
        run().reset();
    }

    @AfterAll
    void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    final String history() {
        return shared == null ? "  (nothing)" : shared.recorder.history();
    }

    private KitRun run() {
        if (shared == null) {
            shared = new KitRun(this, "kit-" + UUID.randomUUID(), true);
        }
        return shared;
    }

    private KitRun another(String database, boolean history) {
        return new KitRun(this, database, history);
    }

    @Nested
    class Entries {
        @Rule(
                id = "E1",
                text = "An entry MUST be told once, before anything else of it, with its journey, version and user.",
                causes = {
                    "the hook for the start runs after the first node's",
                    "the user is read before the business key or variables are set"
                })
        void anEntryIsToldFirst() {
            String entry = run().enter(LINE, "ann");
            Seen seen = run().seen(entry);
            EntryRef told = seen.entered().entry();
            assertThat(told.journeyId()).isEqualTo(LINE.id());
            assertThat(told.userId()).isEqualTo("ann");
            assertThat(told.version()).isPositive();
            assertThat(seen.events().get(0)).isInstanceOf(JourneyEntered.class);
        }

        @Rule(
                id = "E2",
                text = "A visit MUST be told entered once and, when left, exited once, by the same visit id.",
                causes = {
                    "visits are paired by node instead of by the engine's id of the arrival",
                    "an execution or token id is used, which engines use again"
                })
        void visitsArePaired() {
            String entry = run().enter(LINE, "ann");
            run().seen(entry).open("pause", 1);
            run().engine.complete(entry, "pause");
            run().seen(entry).completed("start", "greet", "pause", "thank", "end");
        }

        @Rule(
                id = "E3",
                text = "An entry that reached its end MUST be told exited once, last, as completed.",
                causes = {
                    "the end of a scope is taken for the end of the entry",
                    "the exit of the last node is told after the entry's"
                })
        void anEntryIsOverOnce() {
            String entry = run().enter(LINE, "ann");
            run().engine.complete(entry, "pause");
            Seen seen = run().seen(entry);
            assertThat(seen.exited().reason()).isEqualTo(ExitReason.COMPLETED);
            assertThat(seen.events().get(seen.events().size() - 1)).isInstanceOf(JourneyExited.class);
        }

        @Rule(
                id = "E4",
                level = Rule.Level.SHOULD,
                text = "Events of one entry SHOULD carry a sequence that grows with the engine's own order.",
                causes = {
                    "the sequence begins anew in each transaction",
                    "it is counted for each execution, not each entry"
                })
        void theSequenceGrows() {
            String entry = run().enter(LINE, "ann");
            run().engine.complete(entry, "pause");
            List<@Nullable Long> sequence =
                    run().seen(entry).refs().stream().map(EntryRef::sequence).collect(Collectors.toList());
            assertThat(sequence).doesNotContainNull().doesNotHaveDuplicates().isSorted();
        }

        @Rule(
                id = "E5",
                text = "Each arrival at a node in a loop MUST be a visit of its own.",
                causes = {"the visit id is made of entry and node", "it is the execution's id"})
        void eachRoundOfALoopIsAVisit() {
            String entry = run().enter(LOOP, "ann", Map.of("more", false));
            Seen first = run().seen(entry);
            first.open("ask", 1);
            run().engine.complete(entry, "ask");
            run().seen(entry).completed("ask", "again", "end");
            String twice = run().enter(LOOP, "bob", Map.of("more", true));
            run().engine.complete(twice, "ask");
            run().engine.complete(twice, "ask");
            Seen rounds = run().seen(twice);
            assertThat(rounds.visits("ask")).hasSize(3);
            rounds.completed("again", 2);
            rounds.open("ask", 1);
        }

        @Rule(
                id = "E6",
                text = "An entry MUST keep the version it began in, and a new one have the newest.",
                causes = {"the newest version is looked up by the journey's key", "a cached definition is used"})
        void entriesKeepTheirVersion() {
            String old = run().enter(TIMER, "ann");
            run().deploy(TIMER);
            String fresh = run().enter(TIMER, "bob");
            run().engine.pass(HOUR.plusMinutes(1));
            long before = run().seen(old).entered().entry().version();
            assertThat(run().seen(old).refs()).allMatch(ref -> ref.version() == before);
            assertThat(run().seen(fresh).refs()).allMatch(ref -> ref.version() == before + 1);
        }

        @Rule(
                id = "E7",
                text = "No event MUST be told twice, and each MUST name the source it was attached with.",
                causes = {"two hooks tell the same fact", "a listener is attached at each parse of a definition"})
        void nothingIsToldTwice() {
            String entry = run().enter(BRANCH, "ann", Map.of("gold", true));
            run().seen(entry);
            assertThat(run().told()).extracting(JourneyEvent::id).doesNotHaveDuplicates();
            assertThat(run().told()).isNotEmpty().allMatch(event -> event.source()
                    .equals(KitRun.SOURCE));
        }
    }

    @Nested
    class Transactions {
        @Rule(
                id = "T1",
                needs = Capability.ROLLBACK,
                text = "Nothing of a transaction that is rolled back MUST be told.",
                causes = {
                    "events are emitted by the listener itself, not after the commit",
                    "the buffer outlives a rollback"
                })
        void aRollbackTellsNothing() {
            run().have(LINE);
            run().told();
            run().recorder.clear();
            run().steps.at("greet", step -> {
                throw new KitSteps.Broken();
            });
            assertThat(KitRun.tried(() -> run().enter(LINE, "ann")))
                    .as("the engine's own failure")
                    .isNotNull();
            assertThat(run().told()).isEmpty();
        }

        @Rule(
                id = "T2",
                needs = Capability.ROLLBACK,
                text = "A step that fails and is tried again MUST be told once.",
                causes = {"the failed try is told", "the buffer of the failed try is kept for the next"})
        void aRetryTellsOnce() {
            AtomicInteger tries = new AtomicInteger();
            run().steps.at("first", step -> {
                if (tries.getAndIncrement() == 0) {
                    throw new KitSteps.Broken();
                }
            });
            String entry = run().enter(JOBS, "ann");
            run().engine.work();
            run().engine.pass(HOUR);
            assertThat(tries).hasValueGreaterThan(1);
            run().seen(entry).completed("first", "second", "end");
        }

        @Rule(
                id = "T3",
                text = "What one transaction told MUST come in one batch of its own, in the order of its steps.",
                causes = {"a batch is emitted for each event", "the buffer is not emptied at the commit"})
        void aTransactionIsABatch() {
            String entry = run().enter(LINE, "ann");
            run().engine.complete(entry, "pause");
            run().seen(entry);
            List<JourneyEventBatch> batches = run().recorder.batches().stream()
                    .filter(batch -> batch.events().stream().anyMatch(NodeEntered.class::isInstance))
                    .toList();
            assertThat(batches).hasSize(2);
            assertThat(nodesEntered(batches.get(0))).containsExactly("start", "greet", "pause");
            assertThat(nodesEntered(batches.get(1))).containsExactly("thank", "end");
        }

        @Rule(
                id = "T4",
                needs = Capability.OUTER_TRANSACTIONS,
                text = "A transaction begun outside the engine MUST be told when it commits, and not before.",
                causes = {"the end of the engine's command is taken for the commit"})
        void anOuterCommitTells() {
            run().have(LINE);
            run().told();
            run().recorder.clear();
            List<String> entries = new ArrayList<>();
            run().engine.inTransaction(true, () -> {
                entries.add(run().enter(LINE, "ann"));
                entries.add(run().enter(LINE, "bob"));
                assertThat(run().told()).as("told before the commit").isEmpty();
            });
            run().seen(entries.get(0)).open("pause", 1);
            run().seen(entries.get(1)).open("pause", 1);
        }

        @Rule(
                id = "T5",
                needs = Capability.OUTER_TRANSACTIONS,
                text = "Nothing of a rolled back transaction begun outside the engine MUST be told.",
                causes = {"the end of the engine's command is taken for the commit"})
        void anOuterRollbackTellsNothing() {
            run().have(LINE);
            run().told();
            run().recorder.clear();
            run().engine.inTransaction(false, () -> run().enter(LINE, "ann"));
            assertThat(run().told()).isEmpty();
        }

        private static List<String> nodesEntered(JourneyEventBatch batch) {
            return batch.events().stream()
                    .filter(NodeEntered.class::isInstance)
                    .map(event -> ((NodeEntered) event).visit().nodeId())
                    .toList();
        }
    }

    @Nested
    class Sinks {
        @Rule(
                id = "S1",
                text = "A sink that throws MUST NOT reach the engine.",
                causes = {"the sink is called without being isolated", "only exceptions are caught, not errors"})
        void aThrowingSinkIsNotNoticed() {
            run().have(LINE);
            run().sink.to(batch -> {
                throw new AssertionError("the kit's sink throws on purpose");
            });
            String[] entry = new String[1];
            assertThat(KitRun.tried(() -> entry[0] = run().enter(LINE, "ann"))).isNull();
            // An outbox keeps what its sink fails to take: then this is false.
            run().engine.attachment().flush(SHORT);
            run().sink.to(run().recorder);
            run().engine.complete(entry[0], "pause");
            assertThat(Seen.of(entry[0], run().told()).exited().reason()).isEqualTo(ExitReason.COMPLETED);
        }

        @Rule(
                id = "S2",
                text = "A sink that blocks MUST NOT hold the engine.",
                causes = {"the sink is called in the engine's thread", "the hand-over queue waits when it is full"})
        void aBlockingSinkHoldsNobody() throws Exception {
            run().have(LINE);
            CountDownLatch release = new CountDownLatch(1);
            run().sink.to(batch -> await(release));
            try {
                List<String> entries = within(() -> {
                    List<String> begun = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        begun.add(run().enter(LINE, "user-" + i));
                    }
                    return begun;
                });
                assertThat(entries).hasSize(20);
            } finally {
                release.countDown();
            }
        }

        @Rule(
                id = "S3",
                text = "flush MUST return true once all that was committed before has been emitted.",
                causes = {"flush returns without looking at what is still queued"})
        void flushWaitsForAll() {
            run().have(LINE);
            run().told();
            AtomicInteger events = new AtomicInteger();
            run().sink.to(batch -> {
                pauseBriefly();
                events.addAndGet(batch.size());
            });
            run().enter(LINE, "ann");
            assertThat(run().engine.attachment().flush(patience())).isTrue();
            assertThat(events).hasPositiveValue();
        }

        @Rule(
                id = "S4",
                text = "flush MUST keep its deadline, and close MUST return, while a sink blocks.",
                causes = {"flush waits for the sink itself", "close joins the emitting thread"})
        void deadlinesAreKept() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            KitRun own = another("kit-" + UUID.randomUUID(), true);
            try {
                own.have(LINE);
                own.told();
                own.sink.to(batch -> await(release));
                within(() -> own.enter(LINE, "ann"));
                assertThat(within(() -> own.engine.attachment().flush(SHORT)))
                        .as("flush with the sink blocked")
                        .isFalse();
                within(() -> {
                    own.engine.attachment().close();
                    return true;
                });
            } finally {
                release.countDown();
                own.close();
            }
        }
    }

    @Nested
    class Structure {
        @Rule(
                id = "N1",
                needs = Capability.PARALLEL,
                text = "Concurrent branches MUST be told as visits of their own, and what follows their join once.",
                causes = {"the join tells its end for each branch", "the join's waiting visit is never closed"})
        void branchesJoin() {
            String entry = run().enter(PARALLEL, "ann");
            run().seen(entry).open("left", 1);
            run().seen(entry).open("right", 1);
            run().engine.complete(entry, "left");
            run().seen(entry).open("right", 1);
            assertThat(run().seen(entry).visits("end")).isEmpty();
            run().engine.complete(entry, "right");
            Seen seen = run().seen(entry);
            seen.completed("fork", "left", "right", "end");
            assertThat(seen.visits("join")).isNotEmpty().allMatch(Seen.Visit::out);
        }

        @Rule(
                id = "N2",
                needs = Capability.MULTI_INSTANCE,
                text = "Each of several visits at once to a node MUST be told, all with the same parent visit.",
                causes = {"only the body is told", "visits are paired by node", "the parent is the entry itself"})
        void manyAtOnce() {
            String entry = run().enter(MANY, "ann");
            run().seen(entry).open("each", 3);
            for (int i = 0; i < 3; i++) {
                run().engine.complete(entry, "each");
            }
            run().seen(entry).completed("each", 3);
            oneParent(run().seen(entry).visits("each"));
            run().seen(entry).completed("end");
        }

        @Rule(
                id = "N3",
                needs = Capability.MULTI_INSTANCE,
                text = "Each of several visits in a row to a node MUST be told, all with the same parent visit.",
                causes = {"the body is told instead of its rounds", "the second round uses the first one's id"})
        void oneAfterTheOther() {
            String entry = run().enter(ROW, "ann");
            for (int i = 0; i < 3; i++) {
                run().seen(entry).open("each", 1);
                run().engine.complete(entry, "each");
            }
            run().seen(entry).completed("each", 3);
            oneParent(run().seen(entry).visits("each"));
        }

        @Rule(
                id = "N4",
                needs = {Capability.BOUNDARY_EVENTS, Capability.TIMERS},
                text = "An interrupting event MUST cancel the visit it interrupts and be a visit itself.",
                causes = {"the interrupted visit is never closed", "it is closed as completed"})
        void anInterruptedVisitIsCancelled() {
            String entry = run().enter(DEADLINE, "ann");
            run().engine.pass(HOUR.plusMinutes(1));
            Seen seen = run().seen(entry);
            seen.cancelled("answer", 1);
            seen.completed("late", "chase", "given-up");
            assertThat(seen.exited().reason()).isEqualTo(ExitReason.COMPLETED);
        }

        @Rule(
                id = "N5",
                needs = {Capability.BOUNDARY_EVENTS, Capability.TIMERS},
                text = "An event that doesn't interrupt MUST leave its host's visit open.",
                causes = {"the host is closed with the event", "the event's visit is never closed"})
        void aReminderLeavesTheVisitOpen() {
            String entry = run().enter(REMINDER, "ann");
            run().engine.pass(HOUR.plusMinutes(1));
            run().seen(entry).open("answer", 1);
            run().seen(entry).completed("due", "remind", "reminded");
            run().engine.complete(entry, "answer");
            run().seen(entry).completed("answer", "end");
            assertThat(run().seen(entry).exited().reason()).isEqualTo(ExitReason.COMPLETED);
        }

        @Rule(
                id = "N6",
                needs = Capability.BOUNDARY_EVENTS,
                text = "A step ended by a business error MUST be cancelled, and the path of the error told.",
                causes = {"the end of a failed step isn't hooked", "the error is taken for a rollback"})
        void anErrorIsAPath() {
            run().steps.at("charge", step -> {
                throw new KitSteps.BusinessError("no-funds");
            });
            String entry = run().enter(ERROR, "ann");
            Seen seen = run().seen(entry);
            seen.cancelled("charge", 1);
            seen.completed("refused", "apologise", "refunded");
            assertThat(seen.visits("end")).isEmpty();
        }

        @Rule(
                id = "N7",
                needs = {Capability.BOUNDARY_EVENTS, Capability.SUB_PROCESS},
                text = "A caught escalation MUST be told as a visit, and its sub-process go on.",
                causes = {
                    "the thrower is closed as cancelled",
                    "the sub-process is closed by an event that doesn't interrupt"
                })
        void anEscalationIsAPath() {
            String entry = run().enter(ESCALATION, "ann");
            Seen seen = run().seen(entry);
            seen.completed("raise", "raised", "help", "helped");
            seen.open("inner", 1);
            seen.open("inner-wait", 1);
            run().engine.complete(entry, "inner-wait");
            run().seen(entry).completed("inner", "end");
        }

        @Rule(
                id = "N8",
                needs = Capability.PARALLEL,
                text = "A terminating end MUST cancel the visits still open and then end the entry.",
                causes = {"executions removed by a terminate fire no end", "the entry's exit comes before its visits'"})
        void terminateClosesWhatIsOpen() {
            String entry = run().enter(TERMINATE, "ann");
            run().engine.complete(entry, "quick");
            Seen seen = run().seen(entry);
            seen.cancelled("slow", 1);
            seen.completed("quick", "stop");
            seen.exited();
        }

        @Rule(
                id = "N9",
                needs = Capability.COMPENSATION,
                text = "A compensation MUST be told as visits of the thrower and of the handler.",
                causes = {"handlers run outside the hooked scopes", "the thrower's visit is never closed"})
        void compensationIsTold() {
            String entry = run().enter(COMPENSATION, "ann");
            run().engine.complete(entry, "think");
            run().seen(entry).completed("book", "undo", "cancel-booking", "end");
        }

        @Rule(
                id = "N10",
                needs = {Capability.EVENT_GATEWAY, Capability.TIMERS},
                text =
                        "An event gateway that got its event MUST be completed, and the events it no longer waits for not told.",
                causes = {"the engine cancels the gateway's scope when an event comes"})
        void anEventGatewayIsNotCancelled() {
            String entry = run().enter(RACE, "ann");
            run().engine.correlate(entry, "reply");
            Seen replied = run().seen(entry);
            replied.completed("first", "replied", "happy");
            assertThat(replied.visits("expired")).allMatch(Seen.Visit::cancelled);
            String late = run().enter(RACE, "bob");
            run().engine.pass(HOUR.plusMinutes(1));
            run().seen(late).completed("first", "expired", "sad");
        }

        @Rule(
                id = "N11",
                needs = Capability.SUB_PROCESS,
                text = "An interrupting event sub-process MUST cancel what it interrupts and tell its own visits.",
                causes = {"the interrupted visits are never closed", "the sub-process' start isn't hooked"})
        void anEventSubProcessInterrupts() {
            String entry = run().enter(INTERRUPTED, "ann");
            run().engine.correlate(entry, "leave");
            Seen seen = run().seen(entry);
            seen.cancelled("shop", 1);
            seen.completed("leaving", "left", "farewell", "gone");
            seen.exited();
        }

        @Rule(
                id = "N12",
                needs = Capability.SUB_PROCESS,
                text = "An event sub-process that doesn't interrupt MUST leave the rest open.",
                causes = {"the scope is closed with the event sub-process"})
        void anEventSubProcessRunsBeside() {
            String entry = run().enter(BESIDE, "ann");
            run().engine.correlate(entry, "question");
            run().seen(entry).completed("asking", "asked", "reply", "replied");
            run().seen(entry).open("shop", 1);
            run().engine.complete(entry, "shop");
            run().seen(entry).completed("shop", "end");
        }

        @Rule(
                id = "N13",
                needs = Capability.SUB_PROCESS,
                text = "A visit inside a sub-process MUST name the sub-process' visit as its parent.",
                causes = {"the parent execution's id is told, which is no visit"})
        void innerVisitsNameTheirParent() {
            String entry = run().enter(ESCALATION, "ann");
            Seen seen = run().seen(entry);
            String inner = seen.visit("inner").id();
            assertThat(seen.visit("inner-wait").arrival().parentVisitId()).isEqualTo(inner);
            assertThat(seen.visit("inner").arrival().parentVisitId()).isNull();
        }

        @Rule(
                id = "N14",
                needs = Capability.CALL_ACTIVITY,
                text = "A called journey MUST be an entry of its own, of its caller's user, that names its caller.",
                causes = {
                    "the called instance has no business key of its own",
                    "the calling activity's id is told as parent"
                })
        void aCallKeepsTheUser() {
            run().have(CHILD);
            String caller = run().enter(CALLER, "ann");
            JourneyEntered called = calledBy(caller);
            assertThat(called.entry().userId()).isEqualTo("ann");
            assertThat(called.entry().journeyId()).isEqualTo(CHILD.id());
            run().seen(caller).open("ask-child", 1);
            String child = called.entry().entryId();
            run().engine.complete(child, "child-wait");
            assertThat(run().seen(child).exited().reason()).isEqualTo(ExitReason.COMPLETED);
            assertThat(run().seen(child).refs()).allMatch(ref -> ref.userId().equals("ann"));
            run().seen(caller).completed("ask-child", "end");
        }

        @Rule(
                id = "N15",
                needs = Capability.TIMERS,
                text = "Times MUST be the engine's own: a timer's visit lasts as long as the engine's clock says.",
                causes = {"the machine's clock is asked instead of the engine's"})
        void timersTakeTheirTime() {
            String entry = run().enter(TIMER, "ann");
            run().engine.pass(HOUR.plusMinutes(1));
            Seen.Visit sleep = run().seen(entry).visit("sleep");
            assertThat(Duration.between(
                            sleep.arrival().time(), sleep.departure().time()))
                    .isBetween(HOUR, HOUR.plusMinutes(5));
        }

        @Rule(
                id = "N16",
                needs = Capability.EDGES,
                text = "An arrival SHOULD name the sequence flow it came by and the node that leads from.",
                level = Rule.Level.SHOULD,
                causes = {"the flow is forgotten before the arrival is hooked"})
        void arrivalsNameTheirEdge() {
            String entry = run().enter(BRANCH, "ann", Map.of("gold", true));
            Seen seen = run().seen(entry);
            NodeEntered gold = seen.visit("gold-step").arrival();
            assertThat(gold.edgeId()).isEqualTo("choice-to-gold-step");
            assertThat(gold.fromNodeId()).isEqualTo("choice");
            assertThat(seen.visit("end").arrival().edgeId()).isEqualTo("gold-step-to-end");
            assertThat(seen.visit("start").arrival().edgeId()).isNull();
        }

        @Rule(
                id = "N17",
                needs = Capability.OUTCOMES,
                text = "A decision's exit SHOULD name the branch it took as its outcome.",
                level = Rule.Level.SHOULD,
                causes = {"the branch isn't known yet when the gateway's end is hooked"})
        void decisionsNameTheirBranch() {
            String gold = run().enter(BRANCH, "ann", Map.of("gold", true));
            String other = run().enter(BRANCH, "bob", Map.of("gold", false));
            String first = run().seen(gold).visit("choice").departure().outcome();
            String second = run().seen(other).visit("choice").departure().outcome();
            assertThat(first).isNotNull().isNotEqualTo(second);
            assertThat(second).isNotNull();
        }

        private JourneyEntered calledBy(String caller) {
            List<JourneyEntered> found = run().told().stream()
                    .filter(JourneyEntered.class::isInstance)
                    .map(JourneyEntered.class::cast)
                    .filter(entered -> caller.equals(entered.parentEntryId()))
                    .toList();
            assertThat(found).as("entries called by " + caller).hasSize(1);
            return found.get(0);
        }

        private static void oneParent(List<Seen.Visit> visits) {
            List<@Nullable String> parents = visits.stream()
                    .map(visit -> visit.arrival().parentVisitId())
                    .distinct()
                    .collect(Collectors.toList());
            assertThat(parents).as("parent visits").hasSize(1).doesNotContainNull();
        }
    }

    @Nested
    class Operation {
        @Rule(
                id = "O1",
                needs = Capability.DELETION,
                text = "Deleting an entry MUST cancel its open visits and end it as cancelled.",
                causes = {"only regular ends are hooked", "the entry's exit says completed"})
        void deletingClosesVisits() {
            deleted(false);
        }

        @Rule(
                id = "O2",
                needs = Capability.DELETION,
                text = "So MUST deleting it with the application's listeners skipped.",
                causes = {"the adapter's listeners are attached as the application's own"})
        void deletingWithoutListenersToo() {
            deleted(true);
        }

        private void deleted(boolean skipListeners) {
            String entry = run().enter(PARALLEL, "ann");
            run().engine.delete(entry, skipListeners);
            Seen seen = run().seen(entry);
            seen.cancelled("left", 1);
            seen.cancelled("right", 1);
            assertThat(seen.exited().reason()).isEqualTo(ExitReason.CANCELLED);
        }

        @Rule(
                id = "O3",
                needs = Capability.MIGRATION,
                text = "Migrating an entry MUST be told with both versions, and keep its open visits.",
                causes = {"the old version is read after it changed", "visits are told again in the new version"})
        void migrationKeepsVisits() {
            String entry = run().enter(LINE, "ann");
            long from = run().seen(entry).entered().entry().version();
            run().deploy(LINE);
            run().engine.migrate(entry, LINE, from + 1);
            run().engine.complete(entry, "pause");
            Seen seen = run().seen(entry);
            List<JourneyMigrated> migrated = seen.all(JourneyMigrated.class);
            assertThat(migrated).as("journey.migrated").hasSize(1);
            assertThat(migrated.get(0).fromVersion()).isEqualTo(from);
            assertThat(migrated.get(0).entry().version()).isEqualTo(from + 1);
            seen.completed("pause", "thank", "end");
            assertThat(seen.exited().entry().version()).isEqualTo(from + 1);
        }

        @Rule(
                id = "O4",
                needs = Capability.TENANTS,
                text = "Journeys of the same key of two tenants MUST be told apart.",
                causes = {"key and version are taken for unique, which they are for each tenant only"})
        void tenantsAreToldApart() {
            run().engine.deploy(BRANCH, "north");
            run().engine.deploy(BRANCH, "south");
            String north = run().engine.enter(BRANCH, "ann", "north", Map.of("gold", true));
            String south = run().engine.enter(BRANCH, "bob", "south", Map.of("gold", true));
            EntryRef one = run().seen(north).entered().entry();
            EntryRef two = run().seen(south).entered().entry();
            assertThat(one.journeyId()).isNotEqualTo(two.journeyId());
            assertThat(run().told().stream()
                            .filter(JourneyDefined.class::isInstance)
                            .map(event -> ((JourneyDefined) event).definition().journeyId()))
                    .contains(one.journeyId(), two.journeyId());
        }

        @Rule(
                id = "O5",
                needs = Capability.WITHOUT_HISTORY,
                text = "All this MUST be told with the engine's own history switched off.",
                causes = {"the hooks are those of the history"})
        void historyIsNotNeeded() {
            try (KitRun own = another("kit-" + UUID.randomUUID(), false)) {
                String entry = own.enter(PARALLEL, "ann");
                own.engine.complete(entry, "left");
                own.engine.complete(entry, "right");
                own.seen(entry).completed("start", "fork", "left", "right", "end");
                assertThat(own.seen(entry).exited().reason()).isEqualTo(ExitReason.COMPLETED);
                String gone = own.enter(PARALLEL, "bob");
                own.engine.delete(gone, true);
                own.seen(gone).cancelled("left", 1);
            }
        }

        @Rule(
                id = "O6",
                needs = Capability.PARALLEL,
                text = "With many threads at work every fact MUST still be told once, and each batch be in order.",
                causes = {
                    "the buffer is shared by threads",
                    "a transaction that lost a race is told and then told again"
                })
        void manyThreads() throws Exception {
            run().have(RUSH);
            run().told();
            run().recorder.clear();
            Set<String> entries = new HashSet<>();
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<String>> starts = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    String user = "user-" + i;
                    starts.add(() -> run().engine.enter(RUSH, user, null, Map.of()));
                }
                for (Future<String> started : pool.invokeAll(starts)) {
                    entries.add(started.get());
                }
            } finally {
                pool.shutdown();
            }
            run().engine.work();
            run().engine.pass(HOUR);
            List<JourneyEvent> told = run().told();
            HistoryChecks.check(told);
            assertThat(entries).hasSize(60);
            for (String entry : entries) {
                Seen seen = Seen.of(entry, told);
                seen.completed("start", "fork", "left", "right", "end");
                seen.exited();
            }
        }

        @Rule(
                id = "O7",
                text = "After a restart an entry MUST go on by the ids it had.",
                causes = {"ids are made of what lives in memory only"})
        void aRestartKeepsIds() {
            String database = "kit-" + UUID.randomUUID();
            String entry;
            List<JourneyEvent> before;
            try (KitRun first = another(database, true)) {
                entry = first.enter(LINE, "ann");
                before = first.told();
            }
            try (KitRun second = another(database, true)) {
                second.engine.complete(entry, "pause");
                List<JourneyEvent> all = new ArrayList<>(before);
                Set<String> known = before.stream().map(JourneyEvent::id).collect(Collectors.toSet());
                second.told().stream()
                        .filter(event -> !known.contains(event.id()))
                        .forEach(all::add);
                HistoryChecks.check(all);
                Seen seen = Seen.of(entry, all);
                seen.completed("start", "greet", "pause", "thank", "end");
                assertThat(seen.refs()).allMatch(ref -> ref.userId().equals("ann"));
            }
        }

        @Rule(
                id = "O8",
                needs = Capability.REPLAY,
                text = "A replay MUST tell what the engine still knows by the ids it was told with at first.",
                causes = {"the history's own row ids are told", "a replay counts its events anew"})
        void aReplayUsesTheSameIds() {
            String entry = run().enter(LINE, "ann");
            run().engine.complete(entry, "pause");
            Seen live = run().seen(entry);
            Recorder replayed = new Recorder();
            ReplaySource source = run().engine.attachment().replaySource().orElseThrow();
            Instant from = live.events().get(0).time().minusSeconds(60);
            long told = source.replay(from, from.plus(Duration.ofDays(3)), replayed);
            List<JourneyEvent> again = Seen.of(entry, replayed.events()).events();
            assertThat(told).isEqualTo(replayed.events().size());
            assertThat(ids(again)).isNotEmpty().isSubsetOf(ids(live.events()));
            assertThat(again.stream().filter(NodeExited.class::isInstance)).isNotEmpty();
        }

        @Rule(
                id = "O9",
                needs = Capability.REPLAY,
                text = "What a replay tells again MUST be the same event, not only the same id.",
                causes = {
                    "times are taken from a clock at first and from the history later",
                    "the sequence is counted in memory",
                    "the history knows less than was told, such as the flow taken"
                })
        void aReplayTellsTheSameEvents() {
            String line = run().enter(LINE, "ann");
            run().engine.complete(line, "pause");
            String loop = run().enter(LOOP, "bob", Map.of("more", true));
            run().engine.complete(loop, "ask");
            List<JourneyEvent> live = run().told();
            Recorder replayed = new Recorder();
            run().engine
                    .attachment()
                    .replaySource()
                    .orElseThrow()
                    .replay(Instant.EPOCH, live.get(0).time().plus(Duration.ofDays(3)), replayed);
            for (String entry : List.of(line, loop)) {
                Map<String, JourneyEvent> first = Seen.of(entry, live).events().stream()
                        .collect(Collectors.toMap(JourneyEvent::id, event -> event));
                List<JourneyEvent> again = Seen.of(entry, replayed.events()).events();
                assertThat(again).isNotEmpty();
                assertThat(again).allSatisfy(event -> assertThat(event).isEqualTo(first.get(event.id())));
            }
        }

        private static Set<String> ids(List<JourneyEvent> events) {
            return events.stream().map(JourneyEvent::id).collect(Collectors.toSet());
        }
    }

    @Nested
    class Definitions {
        @Rule(
                id = "D1",
                needs = Capability.DEFINITIONS,
                text = "A deployed journey MUST be told with all its nodes and sequence flows, by their ids and names.",
                causes = {"inner nodes are left out", "only the newest version is told"})
        void theGraphIsTold() {
            JourneyDefinition told = defined(ESCALATION);
            assertThat(told.name()).isEqualTo(ESCALATION.name());
            assertThat(told.nodes())
                    .extracting(JourneyDefinition.Node::id)
                    .containsExactlyInAnyOrderElementsOf(ESCALATION.nodes().stream()
                            .map(JourneyDefinition.Node::id)
                            .toList());
            assertThat(told.nodes()).extracting(JourneyDefinition.Node::name).doesNotContainNull();
            assertThat(told.edges()).containsExactlyInAnyOrderElementsOf(ESCALATION.edges());
        }

        @Rule(
                id = "D2",
                needs = Capability.DEFINITIONS,
                text = "Nodes MUST be told with what they do, and sends with their channel.",
                causes = {"the modeller's own properties aren't read", "the classifier isn't asked"})
        void typesAndChannelsAreTold() {
            assertThat(defined(MESSAGES).nodes()).containsExactlyInAnyOrderElementsOf(MESSAGES.nodes());
            assertThat(defined(RACE).nodes()).containsExactlyInAnyOrderElementsOf(RACE.nodes());
        }

        @Rule(
                id = "D3",
                needs = Capability.DEFINITIONS,
                text = "What the modeller says of conversions MUST be told with the definition.",
                causes = {"the properties of the process itself aren't read"})
        void conversionSettingsAreTold() {
            JourneyDefinition told = defined(LINE);
            assertThat(told.conversionEvent()).isEqualTo(LINE.conversionEvent());
            assertThat(told.attributionWindow()).isEqualTo(LINE.attributionWindow());
        }

        @Rule(
                id = "D4",
                needs = {Capability.DEFINITIONS, Capability.BPMN},
                text = "The definition MUST have its BPMN.",
                causes = {
                    "the resource is read in another charset",
                    "a generated diagram is told instead of the deployed one"
                })
        void theDiagramIsTold() {
            assertThat(defined(LINE).bpmn())
                    .contains("id=\"" + LINE.id() + "\"")
                    .contains("definitions");
        }

        @Rule(
                id = "D5",
                needs = Capability.DEFINITIONS,
                text = "Each deployed version MUST be told with its number, the one its entries have.",
                causes = {"the definition is told before the engine has given it its version"})
        void eachVersionIsTold() {
            long first = defined(CHILD).version();
            run().recorder.clear();
            long second = defined(CHILD).version();
            String entry = run().enter(CHILD, "ann");
            assertThat(second).isEqualTo(first + 1);
            assertThat(run().seen(entry).entered().entry().version()).isEqualTo(second);
        }

        private JourneyDefinition defined(KitJourney journey) {
            run().deploy(journey);
            List<JourneyDefinition> found = run().told().stream()
                    .filter(JourneyDefined.class::isInstance)
                    .map(event -> ((JourneyDefined) event).definition())
                    .filter(definition -> definition.journeyId().equals(journey.id()))
                    .toList();
            assertThat(found).as("journey.defined of " + journey.id()).isNotEmpty();
            return found.get(found.size() - 1);
        }
    }

    @Nested
    class Messages {
        private static final MessageRef MAIL = new MessageRef("mail", "m-1", "email");

        @Rule(
                id = "M1",
                needs = Capability.MESSAGES,
                text =
                        "A message a step sent MUST be told with its entry, between the arrival at its node and the exit.",
                causes = {"the facade emits at once instead of with the transaction"})
        void aSentMessageIsTold() {
            run().steps.at("mail", step -> step.sent(MAIL));
            String entry = run().enter(MESSAGES, "ann");
            run().engine.work();
            Seen seen = run().seen(entry);
            List<MessageSent> sent = seen.all(MessageSent.class);
            assertThat(sent).extracting(MessageSent::message).containsExactly(MAIL);
            assertThat(seen.events().indexOf(sent.get(0)))
                    .isBetween(
                            seen.events().indexOf(seen.visit("mail").arrival()),
                            seen.events().indexOf(seen.visit("mail").departure()));
        }

        @Rule(
                id = "M2",
                needs = Capability.MESSAGES,
                text = "A message a step could not send MUST be told with its reason.",
                causes = {"the reason is lost on the way"})
        void aFailedMessageIsTold() {
            run().steps.at("mail", step -> step.failed(MAIL, "mailbox full"));
            String entry = run().enter(MESSAGES, "ann");
            run().engine.work();
            List<MessageFailed> failed = run().seen(entry).all(MessageFailed.class);
            assertThat(failed).extracting(MessageFailed::reason).containsExactly("mailbox full");
            assertThat(failed).extracting(MessageFailed::message).containsExactly(MAIL);
        }

        @Rule(
                id = "M3",
                needs = Capability.MESSAGES,
                text = "An outcome a step tells MUST be told with its node, name and value.",
                causes = {"numbers are told as text"})
        void anOutcomeIsTold() {
            run().steps.at("mail", step -> step.outcome("score", 7));
            String entry = run().enter(MESSAGES, "ann");
            run().engine.work();
            List<OutcomeReached> told = run().seen(entry).all(OutcomeReached.class);
            assertThat(told).hasSize(1);
            assertThat(told.get(0).nodeId()).isEqualTo("mail");
            assertThat(told.get(0).name()).isEqualTo("score");
            assertThat(told.get(0).value()).isEqualTo(BigDecimal.valueOf(7));
        }

        @Rule(
                id = "M4",
                needs = {Capability.MESSAGES, Capability.ROLLBACK},
                level = Rule.Level.SHOULD,
                text = "A send that fails until the engine gives up SHOULD be told as a failed message.",
                causes = {"all tries were rolled back, and the engine's incident isn't hooked"})
        void anIncidentIsAFailedMessage() {
            run().steps.at("mail", step -> {
                throw new KitSteps.Broken();
            });
            String entry = run().enter(MESSAGES, "ann");
            for (int i = 0; i < 4; i++) {
                run().engine.pass(HOUR);
            }
            Seen seen = run().seen(entry);
            List<MessageFailed> failed = seen.all(MessageFailed.class);
            assertThat(failed).hasSize(1);
            assertThat(failed.get(0).message().nodeId()).isEqualTo("mail");
            assertThat(failed.get(0).message().channel()).isEqualTo("email");
            assertThat(seen.all(MessageSent.class)).isEmpty();
        }
    }

    /** Runs it on a thread of its own and fails if it is held. */
    private <T> T within(Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            return pool.submit(work).get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("held for " + patience(), e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), Objects.requireNonNull(e.getCause()));
        } finally {
            pool.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pauseBriefly() {
        try {
            new CountDownLatch(1).await(SHORT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
