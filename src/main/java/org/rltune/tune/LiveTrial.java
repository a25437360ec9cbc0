package org.rltune.tune;

import java.util.ArrayList;
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
     * @param files the state to take over, or null to keep the trial's own
     */
    record Order(int iteration, @Nullable Map<String, byte[]> files, HyperParams config) {}

    final Trial trial;
    final View view;
    Phase phase = Phase.READY;

    @Nullable
    Trainable trainable;

    /** What was ordered since the newest state from which the trial can be restarted, oldest first. */
    private final List<Order> orders = new ArrayList<>();

    /** The state in which the trial gave back its trainable, or null. */
    @Nullable
    Restart parked;

    /** How often it has failed. */
    int failures;

    /** Whether it failed in its last slice and is to be tried again. */
    boolean retries;

    @Nullable
    Checkpoint arrival;

    byte @Nullable [] finalState;
    double totalSeconds;

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
    void order(@Nullable Map<String, byte[]> files, HyperParams config) {
        Restart newest = newestInMemory();
        orders.removeIf(old -> newest != null && old.iteration() < newest.iteration());
        orders.add(new Order(trial.trainingIteration(), files, config));
    }

    /** Returns what was ordered after an own iteration. */
    List<Order> ordersAt(int iteration) {
        return orders.stream().filter(order -> order.iteration() == iteration).toList();
    }

    private @Nullable Restart newestInMemory() {
        Checkpoint atArrival = arrival;
        Restart waiting = parked;
        if (atArrival != null && (waiting == null || waiting.iteration() < atArrival.trainingIteration())) {
            return new Restart(atArrival.trainingIteration(), atArrival.files());
        }
        return waiting;
    }

    /** Returns the newest state from which the trial can be restarted, in memory or on disk; null for its beginning. */
    @Nullable
    Restart newest() {
        Restart inMemory = newestInMemory();
        List<SavedCheckpoint> saved = trial.savedCheckpoints();
        SavedCheckpoint last = saved.isEmpty() ? null : saved.get(saved.size() - 1);
        return last == null || (inMemory != null && inMemory.iteration() >= last.trainingIteration())
                ? inMemory
                : new Restart(last.trainingIteration(), CheckpointFolder.read(last.folder()));
    }

    /** Frees what only a restart would need. */
    void forgetRestart() {
        parked = null;
        orders.clear();
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
