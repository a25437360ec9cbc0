package org.rltune.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * Makes trainables that stand where trials stood: restores the newest intact state that there is, and trains again, with what
 * was ordered meanwhile, what came after it. A trainable is a function, so the rows that it reports again are those that were
 * recorded; this is checked. Where no state is left, everything is trained again, the donors of what was copied included: so
 * a damaged checkpoint costs time and nothing else.
 *
 * <p>Called by the slice of the trial, or by the main loop while the trial waits.
 */
final class Revival {
    /** A state on disk that may be damaged. */
    private record Place(int iteration, boolean changed, SavedState source) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::iteration).thenComparing(Place::changed);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** Where it lies, and how to forget it if it is damaged. */
    private record SavedState(Path folder, Runnable forget) {}

    private final RunContext run;

    Revival(RunContext run) {
        this.run = run;
    }

    /**
     * Returns a trainable that stands where the trial stands now, with what was ordered carried out; null if the run is to end
     * early. It is the trial's own from the beginning, so that it is closed with it whatever happens.
     */
    @Nullable
    Trainable revive(LiveTrial live) {
        Trial trial = live.trial;
        int upTo = trial.trainingIteration();
        Restart from = newest(live, upTo, true, live.newestInMemory());
        tellOfGap(live, from, upTo);
        Trainable trainable = start(live, from);
        live.trainable = trainable;
        live.broken = false;
        live.unsavedSeconds = 0;
        if (bring(live, trainable, from, upTo, true)) {
            return trainable;
        }
        live.broken = true;
        return null;
    }

    /**
     * Returns a trial's state after one of its iterations, before anything that was ordered then: from disk, or computed again.
     */
    @Nullable
    Map<String, byte[]> stateAfter(LiveTrial live, int iteration) {
        Restart saved = newest(live, iteration, false, null);
        if (saved != null && saved.iteration() == iteration) {
            return saved.files();
        }
        Trainable trainable = start(live, saved);
        try {
            return bring(live, trainable, saved, iteration, false) ? trainable.save() : null;
        } finally {
            run.pool().close(trainable);
        }
    }

    /** @param changedToo whether a state in which what was ordered after iteration {@code upTo} is carried out will do */
    private @Nullable Restart newest(LiveTrial live, int upTo, boolean changedToo, @Nullable Restart inMemory) {
        List<Place> places = new ArrayList<>();
        CheckpointStore checkpoints = live.trial.checkpoints();
        for (SavedCheckpoint saved : checkpoints.saved()) {
            int iteration = saved.trainingIteration();
            places.add(
                    new Place(iteration, false, new SavedState(saved.folder(), () -> checkpoints.forget(iteration))));
        }
        StateFolders states = live.trial.states();
        for (StateFolders.Place state : states.places()) {
            places.add(new Place(
                    state.iteration(), state.changed(), new SavedState(state.folder(), () -> states.forget(state))));
        }
        places.removeIf(
                place -> place.iteration() > upTo || (place.iteration() == upTo && place.changed() && !changedToo));
        places.sort(Comparator.reverseOrder());
        for (Place place : places) {
            if (inMemory != null && inMemory.iteration() >= place.iteration()) {
                return inMemory;
            }
            Map<String, byte[]> files = read(place.source());
            if (files != null) {
                return new Restart(place.iteration(), place.changed(), files);
            }
        }
        return inMemory;
    }

    private @Nullable Map<String, byte[]> read(SavedState place) {
        try {
            return CheckpointFolder.read(place.folder());
        } catch (IllegalArgumentException e) {
            place.forget().run();
            Path aside = AtomicFiles.setAsideIfThere(place.folder(), "damaged-");
            String where = aside == null ? " It is gone" : " It was set aside as " + aside.getFileName();
            run.warn(e.getMessage() + where + ", and the one before it is used.");
            return null;
        }
    }

    private Trainable start(LiveTrial live, @Nullable Restart from) {
        Trial trial = live.trial;
        HyperParams config;
        if (from == null) {
            config = trial.initialConfig();
        } else {
            config = trial.configAt(from.changed() ? from.iteration() + 1 : from.iteration());
        }
        Trainable trainable = run.pool()
                .take(new TrialContext(trial.id(), config, run.seeds().child("trial", trial.number()), trial.folder()));
        if (from == null) {
            return trainable;
        }
        try {
            trainable.restore(from.files());
            return trainable;
        } catch (RuntimeException | Error e) {
            run.pool().close(trainable);
            throw e;
        }
    }

    /** Trains up to an iteration; returns whether it came there before the run is to end early. */
    private boolean bring(LiveTrial live, Trainable trainable, @Nullable Restart from, int upTo, boolean ordersToo) {
        int iteration = from == null ? 0 : from.iteration();
        boolean carriedOut = from != null && from.changed();
        while (true) {
            if (!carriedOut && (ordersToo || iteration < upTo)) {
                if (!carryOutOrders(live, trainable, iteration)) {
                    return false;
                }
            }
            if (iteration == upTo) {
                return true;
            }
            if (run.abort().raised()) {
                return false;
            }
            Iteration again = trainable.train();
            iteration++;
            carriedOut = false;
            check(live.trial, iteration, again);
            if (ordersToo) {
                live.unsavedSeconds += secondsOf(live.trial, iteration);
                writeIfDue(live, trainable, iteration);
            }
        }
    }

    /** Carries out what was ordered after an iteration; returns whether it could before the run is to end early. */
    boolean carryOutOrders(LiveTrial live, Trainable trainable, int iteration) {
        for (LiveTrial.Order order : live.ordersAt(iteration)) {
            LiveTrial donor = order.donor();
            if (donor != null) {
                Map<String, byte[]> files =
                        order.files() != null ? order.files() : stateAfter(donor, order.donorIteration());
                if (files == null) {
                    return false;
                }
                trainable.adopt(files);
            }
            trainable.configure(order.config());
        }
        return true;
    }

    private static double secondsOf(Trial trial, int iteration) {
        return Rows.number(trial.rowAt(iteration), ResultColumns.TIME_THIS_ITER_S)
                .orElse(0);
    }

    /** A checkpoint that was due may be missing, if the run was killed before it was written. */
    private void writeIfDue(LiveTrial live, Trainable trainable, int iteration) {
        int freq = run.settings().checkpoints().freq();
        Trial trial = live.trial;
        boolean newer = trial.savedCheckpoints().stream().allMatch(saved -> saved.trainingIteration() < iteration);
        if (freq > 0 && iteration % freq == 0 && newer && run.resumed()) {
            Checkpoint checkpoint =
                    new Checkpoint(trial.id(), iteration, trial.score(trial.rowAt(iteration)), trainable.save());
            RunContext.orEndTheRun(() -> run.writeCheckpoint(trial, checkpoint));
        }
    }

    /** Compares what was computed again with what was recorded. */
    private void check(Trial trial, int iteration, Iteration again) {
        Map<String, Object> row = trial.rowAt(iteration);
        if (row.isEmpty()) {
            return;
        }
        Map<String, Object> metrics = RowMaker.metrics(again);
        Set<String> names = new HashSet<>(row.keySet());
        names.addAll(metrics.keySet());
        for (String name : names.stream().sorted().toList()) {
            boolean own = ResultColumns.COUNTERS.contains(name)
                    || ResultColumns.OWN.contains(name)
                    || ResultColumns.isVolatile(name)
                    || name.startsWith(ResultColumns.CONFIG_PREFIX);
            if (!own && !Objects.equals(row.get(name), metrics.get(name))) {
                throw new Abort.Fatal(new IllegalStateException(trial.id() + ", iteration " + iteration + ": " + name
                        + " was recorded as " + row.get(name) + ", but training it again gives " + metrics.get(name)
                        + ". The trainable or its environment has changed since, or does not repeat its results."
                        + " Resume with what the run was started with; report what depends on the clock under"
                        + " timers."));
            }
        }
    }

    private void tellOfGap(LiveTrial live, @Nullable Restart from, int upTo) {
        int newest = from == null ? 0 : from.iteration();
        if (run.resumed() && newest < upTo) {
            String which = newest + 1 == upTo ? "iteration " + upTo : "iterations " + (newest + 1) + " to " + upTo;
            run.warn(live.trial.id() + " trains its " + which + " again, since its newest state on disk "
                    + (from == null ? "is its beginning." : "is that of iteration " + newest + "."));
        }
    }
}
