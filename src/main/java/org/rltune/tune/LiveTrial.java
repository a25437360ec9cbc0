package org.rltune.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * What the tuner keeps of a trial while it runs. Used by the main loop and by the slice that runs, never by both at once.
 */
final class LiveTrial {
    /** Where a trial stands in the main loop. */
    enum Phase {
        /** In the queue for a slot. */
        READY,
        /** In a slice, or with an arrival that is not handled yet. */
        ACTIVE,
        /** Waits for a decision. */
        PAUSED,
        /** Nothing more comes. */
        ENDED
    }

    /**
     * What a decision ordered; the next slice carries it out before it trains.
     *
     * @param iteration after which of the trial's own iterations it was ordered
     * @param donor whose state to take over, or null to keep the trial's own
     * @param donorIteration after which of the donor's iterations it was saved
     * @param files the state to take over; null if it has to be looked for
     */
    record Order(
            int iteration,
            @Nullable LiveTrial donor,
            int donorIteration,
            @Nullable Map<String, byte[]> files,
            HyperParams config) {
        Order withoutFiles() {
            return new Order(iteration, donor, donorIteration, null, config);
        }
    }

    final Trial trial;
    final View view;

    /** What earlier sessions recorded of it and this one has not played again. */
    RecordedTrial recorded = RecordedTrial.none();

    Phase phase = Phase.READY;

    @Nullable
    Trainable trainable;

    /** What was ordered since it began, oldest first; the files only of what came after its newest state in memory. */
    private final List<Order> orders = new ArrayList<>();

    /** What decisions changed, by the own iteration after which they did. */
    private final Map<Integer, String> orderTexts = new HashMap<>();

    /** The state in which the trial gave back its trainable, or null. */
    @Nullable
    Restart parked;

    /** How often it has failed. */
    int failures;

    /** Whether it failed in its last slice and is to be tried again. */
    boolean retries;

    /** Whether it has failed and has not been brought back yet, so that its trainable, if any, does not stand where it does. */
    boolean broken;

    /** After which own iteration it went another way than recorded, since settings had changed. */
    int differsAfter = Integer.MAX_VALUE;

    @Nullable
    Checkpoint arrival;

    byte @Nullable [] finalState;
    double totalSeconds;

    /** How long it has trained since its newest state on disk. */
    double unsavedSeconds;

    /** The own time at which the scheduler wants to see the trial. */
    double until;

    /** How long the next slice will probably take. */
    double expectedSeconds;

    /** Up to which own iteration the searcher has seen the trial's results. */
    int toldSearcher;

    /** Whether the scheduler ended it before a stop rule did. */
    boolean stoppedByScheduler;

    /** On whose checkpoint the trial rests, or null. */
    @Nullable
    LiveTrial donor;

    private final String timeAttr;

    LiveTrial(Trial trial, String timeAttr) {
        this.trial = trial;
        this.timeAttr = timeAttr;
        this.view = new View();
    }

    /** Returns the trial's own time in the scheduler's timeAttr. */
    double ownTime() {
        Counters.Counts own = trial.counters().own();
        return timeAttr.equals(ResultColumns.TIMESTEPS_TOTAL) ? own.timesteps() : own.iterations();
    }

    /** Takes note of what a decision orders about the trial as it stands. */
    synchronized void order(Order order) {
        Restart newest = newestInMemory();
        orders.replaceAll(old -> newest != null && old.iteration() < newest.iteration() ? old.withoutFiles() : old);
        orders.add(order);
    }

    /** Returns whether what was ordered after an own iteration changed the trial as this says ({@link DecisionJson#order}). */
    synchronized boolean isOrdered(int iteration, String recorded) {
        return orderTexts.getOrDefault(iteration, "").equals(recorded);
    }

    synchronized void orderText(int iteration, String text) {
        orderTexts.put(iteration, text);
    }

    /** Returns what was ordered after an own iteration. Safe to call from any thread. */
    synchronized List<Order> ordersAt(int iteration) {
        return orders.stream().filter(order -> order.iteration() == iteration).toList();
    }

    /** Returns whether the trial takes over another one's state after an own iteration. */
    synchronized boolean isChangedAt(int iteration) {
        return orders.stream().anyMatch(order -> order.iteration() == iteration && order.donor() != null);
    }

    /** Returns the newest state in memory from which the trial can be restarted, or null. */
    @Nullable
    Restart newestInMemory() {
        Checkpoint atArrival = arrival;
        Restart waiting = parked;
        if (atArrival != null
                && !atArrival.files().isEmpty() // else it was recorded and lies on disk, if anywhere
                && (waiting == null || waiting.iteration() < atArrival.trainingIteration())) {
            return new Restart(atArrival.trainingIteration(), false, atArrival.files());
        }
        return waiting;
    }

    /** Frees what only a restart would need. */
    synchronized void forgetRestart() {
        parked = null;
        orders.replaceAll(Order::withoutFiles);
    }

    /** Closes the trainable, if there is one. */
    void close(TrainablePool pool) {
        Trainable open = trainable;
        trainable = null;
        if (open != null) {
            pool.close(open);
        }
    }

    /**
     * What the scheduler sees: the trial as it stood when its last arrival was handled. A slice that runs meanwhile does not
     * show, or decisions would depend on which thread is faster.
     */
    final class View implements Scheduler.TrialView {
        private HyperParams config;
        private int iteration;
        private double time;
        private OptionalDouble score = OptionalDouble.empty();
        private final AppendOnlyList<Scheduler.TimedScore> scores = new AppendOnlyList<>();
        private int seenRows;
        private @Nullable Checkpoint checkpoint;
        private Scheduler.Outcome outcome = Scheduler.Outcome.OPEN;

        View() {
            this.config = trial.config();
        }

        void arrive() {
            iteration = trial.trainingIteration();
            time = ownTime();
            score = trial.score();
            checkpoint = arrival;
            List<Map<String, Object>> rows = trial.rows();
            for (; seenRows < rows.size(); seenRows++) {
                Map<String, Object> row = rows.get(seenRows);
                trial.score(row).ifPresent(value -> scores.add(scored(row, value)));
            }
            outcome = outcomeOf(trial.status());
        }

        private Scheduler.TimedScore scored(Map<String, Object> row, double value) {
            int number =
                    (int) Rows.number(row, ResultColumns.TRAINING_ITERATION).orElse(seenRows + 1);
            return new Scheduler.TimedScore(number, Rows.number(row, timeAttr).orElse(number), value);
        }

        private Scheduler.Outcome outcomeOf(TrialStatus status) {
            if (!status.ended()) {
                return Scheduler.Outcome.OPEN;
            }
            if (status == TrialStatus.ERROR) {
                return Scheduler.Outcome.FAILED;
            }
            return stoppedByScheduler ? Scheduler.Outcome.STOPPED : Scheduler.Outcome.COMPLETED;
        }

        void configure(HyperParams explored) {
            config = explored;
        }

        @Override
        public String id() {
            return trial.id();
        }

        @Override
        public int number() {
            return trial.number();
        }

        @Override
        public HyperParams config() {
            return config;
        }

        @Override
        public int trainingIteration() {
            return iteration;
        }

        @Override
        public double time() {
            return time;
        }

        @Override
        public OptionalDouble score() {
            return score;
        }

        @Override
        public List<Scheduler.TimedScore> scores() {
            return scores.snapshot();
        }

        @Override
        public Checkpoint checkpoint() {
            Checkpoint taken = checkpoint;
            if (taken == null) {
                throw new IllegalStateException("There is no checkpoint of " + id()
                        + " in memory: it has not arrived yet, or the scheduler's needsCheckpoint() is false.");
            }
            return taken;
        }

        @Override
        public boolean ended() {
            return outcome != Scheduler.Outcome.OPEN;
        }

        @Override
        public Scheduler.Outcome outcome() {
            return outcome;
        }
    }
}
