package org.rltune.tune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.LiveTrial.Phase;

/**
 * Has trials made, starts their slices, and hands their arrivals to the searcher and the scheduler.
 *
 * <p>The order of arrivals is computed: of the slices that have started and are not handled yet, the next is always the one
 * whose trial had run the fewest iterations when it started, and of these the one with the lowest number. If it has not
 * ended yet, the loop waits for it, although others may have. So what the searcher and the scheduler see, and in which
 * order, depends on no clock. A slot is taken from the start of a slice to the handling of its arrival. A free slot goes to
 * the trial that was first told to go on; only if there is none, the searcher is asked for a new one.
 *
 * <p>Where the searcher learns nothing, the scheduler interrupts no trial and no rule looks at all trials, they do not depend
 * on each other: a slot is free as soon as its slice has ended, and trials are made no faster than the threads take them.
 *
 * <p>A rule that can end the experiment looks at the rows of each trial when its arrival is handled, in that same order; it
 * makes trials arrive more often, which the scheduler does not see. When it fires, nothing starts any more: trials that wait
 * end at once, those that run when they arrive.
 */
final class TrialLoop {
    private record Key(int iterations, int number) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingInt(Key::iterations).thenComparingInt(Key::number);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final RunContext run;
    private final ForkJoinPool pool;
    private final TrialMaker maker;
    private final Deque<LiveTrial> ready = new ArrayDeque<>();
    private final TreeMap<Key, LiveTrial> open = new TreeMap<>();
    private final BlockingQueue<LiveTrial> ends = new LinkedBlockingQueue<>();
    private final Set<LiveTrial> arrived = new LinkedHashSet<>();
    private final Decisions decisions;
    private final StopAll stopAll;
    private final boolean independent;
    private final int slots;
    private final Deque<Slice> waiting = new ArrayDeque<>();
    private final int atOnce;
    private int running;
    private int executing;
    private boolean interrupted;

    /** How many arrivals were handled; computed, as their order is. */
    private int handled;

    private boolean ending;

    TrialLoop(RunContext run, ForkJoinPool pool, TrialMaker maker) {
        this.run = run;
        this.pool = pool;
        this.maker = maker;
        this.decisions = new Decisions(run, maker, ready);
        RunSettings settings = run.settings();
        this.stopAll = run.experiment().stopAll();
        this.atOnce = settings.resources().atOnce(settings.threads());
        this.independent =
                !settings.scheduler().interrupts() && !settings.searcher().learns() && !stopAll.looks();
        // Two for each thread, so that none waits for the loop; the results do not depend on it where trials do not.
        this.slots = independent
                ? (int) Math.min(settings.maxConcurrentTrials(), 2L * settings.threads())
                : settings.maxConcurrentTrials();
    }

    List<DecisionRecord> records() {
        return decisions.records();
    }

    /** Runs until no trial can go on, or the run is to end early. */
    void run() {
        try {
            while (!toEndEarly()) {
                String end = end();
                if (end == null) {
                    start();
                } else {
                    maker.end();
                    ready.clear();
                    decisions.endWaiting(end);
                }
                if (open.isEmpty()) {
                    if (end != null || !resolveStall()) {
                        return;
                    }
                } else if (arrived.contains(open.firstEntry().getValue())) {
                    handleNext();
                    run.experiment().summarize();
                } else {
                    await();
                }
            }
        } catch (Abort.Fatal e) {
            run.abort().raise(e.reason());
        } catch (RuntimeException e) {
            run.abort().raise(e);
        } finally {
            while (running > 0) {
                await();
            }
        }
    }

    /** Returns why the experiment is to end, or null: in a run that is resumed when it was to before. */
    private @Nullable String end() {
        String recorded = run.recording().stopAt(handled);
        if (recorded != null && stopAll.reason() == null) {
            startRecorded();
            stopAll.endAsRecorded(recorded);
            ending = true;
        }
        String reason = stopAll.reason();
        if (reason != null && !ending) {
            ending = true;
            run.journal().append(JournalRecords.stopAll(handled, reason));
            run.journal().forceSoon();
        }
        return reason;
    }

    /** What was under way when the experiment was ended had started, on as many threads as there were. */
    private void startRecorded() {
        start();
        while (maker.made().size() < run.recording().trials()) {
            LiveTrial live = maker.next();
            if (live == null) {
                return;
            }
            start(List.of(slice(live)));
        }
    }

    private void start() {
        List<Slice> slices = new ArrayList<>();
        int taken = independent ? running : open.size();
        while (taken + slices.size() < slots) {
            LiveTrial live = ready.isEmpty() ? maker.next() : ready.removeFirst();
            if (live == null) {
                break;
            }
            slices.add(slice(live));
        }
        start(slices);
    }

    private void start(List<Slice> starting) {
        List<Slice> slices = new ArrayList<>(starting);
        // Long slices first: what is left at the end of a round is short then. This changes the wall clock only.
        slices.sort(Comparator.comparingDouble((Slice slice) -> -slice.live().expectedSeconds));
        for (Slice slice : slices) {
            open.put(
                    new Key(
                            slice.live().trial.trainingIteration(),
                            slice.live().trial.number()),
                    slice.live());
        }
        running += slices.size();
        waiting.addAll(slices);
        execute();
    }

    /** As many slices run at once as there are threads for the cpus that they want; this changes the wall clock only. */
    private void execute() {
        while (!waiting.isEmpty() && executing < atOnce) {
            Slice slice = waiting.removeFirst();
            executing++;
            pool.execute(() -> runAndReport(slice));
        }
    }

    private Slice slice(LiveTrial live) {
        Scheduler scheduler = run.settings().scheduler();
        double until = scheduler.runUntil(live.view);
        if (until < Double.POSITIVE_INFINITY && !scheduler.interrupts()) {
            throw new IllegalStateException(
                    "The scheduler " + scheduler.getClass().getSimpleName() + " wants to see " + live.trial.id()
                            + " at " + until + ", although its interrupts() is false. Correct the scheduler.");
        }
        live.phase = Phase.ACTIVE;
        live.until = until;
        long lookAt = (long) live.trial.trainingIteration() + stopAll.lookEvery();
        return new Slice(run, live, until, lookAt);
    }

    private void runAndReport(Slice slice) {
        try {
            slice.run();
        } finally {
            ends.add(slice.live());
        }
    }

    /** Waits for at least one slice to end. */
    private void await() {
        while (true) {
            try {
                LiveTrial first = ends.take();
                for (LiveTrial live = first; live != null; live = ends.poll()) {
                    arrived.add(live);
                    running--;
                    executing--;
                }
                execute();
                return;
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }

    /** An interruption may come while an arrival is handled; nothing is to start after it. */
    private boolean toEndEarly() {
        if (Thread.interrupted()) {
            interrupt();
        }
        return run.abort().raised();
    }

    /** The slices end after their current iteration; only then can the run be closed in order. */
    private void interrupt() {
        interrupted = true;
        run.abort().raise(new RunInterruptedException(run.settings().folder()));
    }

    /** Whether the thread was interrupted meanwhile; the caller sets its flag again when all files are written. */
    boolean interrupted() {
        return interrupted;
    }

    /** Handles one arrival only: the slot that it frees must be taken before the next is looked for. */
    private void handleNext() {
        LiveTrial live = open.pollFirstEntry().getValue();
        handled++;
        arrived.remove(live);
        stopAll.look(live.trial);
        boolean ending = stopAll.reason() != null;
        boolean again = live.retries;
        live.retries = false;
        if (live.trial.status().ended()) {
            List<Decision> following = decisions.ended(live);
            if (!ending) {
                decisions.carryOut(following, live.view.time());
            }
        } else if (ending) {
            live.phase = Phase.PAUSED;
        } else if (again || live.ownTime() < live.until) {
            live.phase = Phase.READY;
            ready.addLast(live);
        } else {
            decisions.arrived(live);
        }
    }

    /** Nothing runs and no trial can be made. Returns whether there is something to do again. */
    private boolean resolveStall() {
        boolean waiting = maker.made().stream().anyMatch(live -> live.phase == Phase.PAUSED);
        if (waiting && decisions.stalled()) {
            return true;
        }
        if (waiting) {
            refuseToLeaveBehind();
        }
        String waitsFor = maker.waitsFor();
        if (waitsFor != null || maker.made().isEmpty()) {
            refuseToStandStill(waitsFor);
        }
        return false;
    }

    private void refuseToStandStill(@Nullable String waitsFor) {
        throw new IllegalStateException("The searcher " + maker.name()
                + (waitsFor == null ? " had no trial at all" : " waits, though no trial is under way: " + waitsFor)
                + ". Correct the searcher.");
    }

    private void refuseToLeaveBehind() {
        List<String> left = maker.made().stream()
                .filter(live -> live.phase == Phase.PAUSED)
                .map(live -> live.trial.id())
                .toList();
        throw new IllegalStateException("The scheduler "
                + run.settings().scheduler().getClass().getSimpleName() + " left trials paused with nothing to wait"
                + " for: " + String.join(", ", left) + ". Correct the scheduler.");
    }
}
