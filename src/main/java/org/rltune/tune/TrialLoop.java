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
import org.rltune.tune.LiveTrial.Phase;

/**
 * Starts slices and hands their arrivals to the scheduler.
 *
 * <p>The order of arrivals is computed: of the slices that have started and are not handled yet, the next is always the one
 * whose trial had run the fewest iterations when it started, and of these the one with the lowest number. If it has not
 * ended yet, the loop waits for it, although others may have. So what the scheduler sees, and in which order, depends on
 * no clock. A slot is taken from the start of a slice to the handling of its arrival; where the scheduler wants to see no
 * trial before its end, trials do not depend on each other and the slot is free as soon as the slice has ended.
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
    private final List<LiveTrial> trials;
    private final Deque<LiveTrial> ready = new ArrayDeque<>();
    private final TreeMap<Key, LiveTrial> open = new TreeMap<>();
    private final BlockingQueue<LiveTrial> ends = new LinkedBlockingQueue<>();
    private final Set<LiveTrial> arrived = new LinkedHashSet<>();
    private final Decisions decisions;
    private final boolean independent;
    private int running;
    private boolean interrupted;

    TrialLoop(RunContext run, ForkJoinPool pool, List<LiveTrial> trials) {
        this.run = run;
        this.pool = pool;
        this.trials = trials;
        this.decisions = new Decisions(run, trials, ready);
        ready.addAll(trials);
        this.independent = trials.stream().allMatch(live -> until(live) == Double.POSITIVE_INFINITY);
    }

    List<DecisionRecord> records() {
        return decisions.records();
    }

    /** Runs until no trial can go on, or the run is to end early. */
    void run() {
        try {
            while (!run.abort().raised()) {
                start();
                if (open.isEmpty()) {
                    refuseToLeaveBehind();
                    return;
                }
                await();
                handle();
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

    private double until(LiveTrial live) {
        return run.settings().scheduler().runUntil(live.view);
    }

    private void start() {
        List<LiveTrial> batch = new ArrayList<>();
        int taken = independent ? running : open.size();
        while (!ready.isEmpty() && taken + batch.size() < run.settings().maxConcurrentTrials()) {
            batch.add(ready.removeFirst());
        }
        List<Slice> slices = new ArrayList<>();
        for (LiveTrial live : batch) {
            live.phase = Phase.ACTIVE;
            open.put(new Key(live.trial.trainingIteration(), live.trial.number()), live);
            slices.add(new Slice(run, live, until(live)));
        }
        // Long slices first: what is left at the end of a round is short then. This changes the wall clock only.
        slices.sort(Comparator.comparingDouble((Slice slice) -> -slice.live().expectedSeconds));
        running += slices.size();
        slices.forEach(slice -> pool.execute(() -> runAndReport(slice)));
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
                arrived.add(ends.take());
                running--;
                return;
            } catch (InterruptedException e) {
                // The slices end after their current iteration; only then can the run be closed in order.
                interrupted = true;
                run.abort()
                        .raise(new IllegalStateException("The run was interrupted. Its results so far are in "
                                + run.settings().folder() + "."));
            }
        }
    }

    /** Whether the thread was interrupted meanwhile; the caller sets its flag again when all files are written. */
    boolean interrupted() {
        return interrupted;
    }

    private void handle() {
        while (!open.isEmpty()
                && arrived.contains(open.firstEntry().getValue())
                && !run.abort().raised()) {
            LiveTrial live = open.pollFirstEntry().getValue();
            arrived.remove(live);
            if (live.trial.status().ended()) {
                decisions.carryOut(decisions.ended(live), live.view.time());
            } else {
                live.phase = Phase.PAUSED;
                live.view.arrive();
                decisions.carryOut(run.settings().scheduler().onArrival(live.view), live.view.time());
            }
        }
    }

    private void refuseToLeaveBehind() {
        List<String> left = trials.stream()
                .filter(live -> live.phase != Phase.ENDED)
                .map(live -> live.trial.id())
                .toList();
        if (!left.isEmpty()) {
            throw new IllegalStateException("The scheduler "
                    + run.settings().scheduler().getClass().getSimpleName() + " left trials paused with nothing to wait"
                    + " for: " + String.join(", ", left) + ". Correct the scheduler.");
        }
    }
}
