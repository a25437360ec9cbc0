package org.rltune.env;

import java.awt.image.BufferedImage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.random.SeedSeries;
import org.rltune.random.Seeds;
import org.rltune.space.Space;

/** Everything of a {@link VectorEnv} but the order in which the environments of its batch are stepped. */
abstract class BatchVectorEnv implements VectorEnv {
    /** So many times in a row a new environment may fail to begin an episode, RLlib's tolerance of consecutive failures. */
    private static final int MOST_FAILURES_IN_A_ROW = 100;

    private static final VarHandle ACTIVITY = activityHandle();

    private final EnvBatch batch;
    private final FlatObservations observations;
    private final FlatActions actions;
    private final VectorPlace place;
    private final AutoresetMode mode;
    private final SeedSeries @Nullable [] series;
    private final @Nullable ActionLog log;
    private final long[] episode;
    private final EpisodeCounts counts;
    private final int[] steps; // of counts
    private final boolean[] seeded; // an environment that was never seeded begins with its index
    private final @Nullable Object[] given; // the task that each environment was set to last
    private final @Nullable Object[] begunWith; // the task that its running episode began with
    private @Nullable Object ownTask; // what they were made with
    private boolean begun;
    private boolean restartFailed;
    private long faultyEpisodes;

    @SuppressWarnings("unused") // by its handle
    private long activity;

    /**
     * Runs a batch.
     *
     * @param limit steps after which an episode is truncated, 0 for none
     * @param seeds where the seeds of all episodes come from, or null where resets bring them
     */
    BatchVectorEnv(EnvBatch batch, VectorPlace place, AutoresetMode mode, int limit, @Nullable Seeds seeds) {
        int envs = batch.numEnvs();
        this.batch = batch;
        this.place = place;
        this.observations = FlatObservations.of(place.id(), batch.observationSpace());
        this.actions = FlatActions.of(batch.actionSpace());
        this.mode = mode;
        this.series = seeds == null ? null : series(seeds, place.workerIndex(), envs);
        this.log = seeds == null ? null : new ActionLog(envs, actions.size());
        this.episode = new long[envs];
        this.counts = new EpisodeCounts(envs, limit);
        this.steps = counts.steps;
        this.seeded = new boolean[envs];
        this.given = new Object[envs];
        this.begunWith = new Object[envs];
    }

    private static VarHandle activityHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(BatchVectorEnv.class, "activity", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Environments that fail are made anew from now on, where they are objects of a rollout worker. */
    final void restartFailed() {
        restartFailed = log != null && batch instanceof EnvObjects;
    }

    private static SeedSeries[] series(Seeds seeds, int worker, int envs) {
        SeedSeries[] series = new SeedSeries[envs];
        Arrays.setAll(series, e -> seeds.series("episode", worker, e));
        return series;
    }

    /** Calls {@link #stepSlice} for slices that make up all environments, on whatever threads. */
    abstract void stepSlices(float[] action, VectorStep out);

    @Override
    public final int numEnvs() {
        return steps.length;
    }

    @Override
    public final Space<?> observationSpace() {
        return observations.space();
    }

    @Override
    public final Space<?> actionSpace() {
        return actions.space();
    }

    @Override
    public final int observationSize() {
        return observations.size();
    }

    @Override
    public final int actionSize() {
        return actions.size();
    }

    @Override
    public final AutoresetMode autoresetMode() {
        return mode;
    }

    @Override
    public final void reset(VectorReset request, VectorStep out) {
        request.check(numEnvs());
        requireRoom(out);
        if (series != null && request.seeded()) {
            throw new IllegalArgumentException(
                    place.id() + ": reset with seeds, but every episode has a seed of its own"
                            + " here. Leave them out, or make the environments by Envs.makeVec");
        }
        if (!request.all()) {
            requireBegun();
        }
        out.clearInfos();
        for (int e = 0; e < numEnvs(); e++) {
            if (request.chooses(e)) {
                Long seed = request.seedOf(e);
                if (series == null && (seed != null || !seeded[e])) {
                    batch.seed(e, seed == null ? e : seed);
                    seeded[e] = true;
                }
                begin(e, begun ? episode[e] + 1 : 0, request.options(), out);
                clear(e, out);
            }
        }
        begun = true;
    }

    @Override
    public final void restart(long[] episodes, float[] observation) {
        requireLength("observation", observation.length, numEnvs() * observationSize());
        VectorStep first = newStep();
        restart(episodes, first);
        System.arraycopy(first.observation, 0, observation, 0, observation.length);
    }

    @Override
    public final void restart(long[] episodes, VectorStep out) {
        requirePlan("restart");
        requireLength("episode", episodes.length, numEnvs());
        requireRoom(out);
        for (long number : episodes) {
            if (number < 0) {
                throw new IllegalArgumentException(
                        "episode is " + number + ", but the number of an episode is at least 0");
            }
        }
        out.clearInfos();
        for (int e = 0; e < numEnvs(); e++) {
            begin(e, episodes[e], Map.of(), out);
        }
        begun = true;
    }

    @Override
    public final void step(float[] action, VectorStep out) {
        requireBegun();
        requireLength("action", action.length, numEnvs() * actionSize());
        requireRoom(out);
        requireActions(action);
        if (log != null) {
            log.add(action, steps);
        }
        out.clearInfos();
        out.clearFailed();
        counts.stepBegins();
        begun = false; // a failure leaves some environments stepped and others not: only a reset helps
        stepSlices(action, out);
        begun = true;
    }

    private void requireActions(float[] action) {
        if (mode != AutoresetMode.DISABLED && actions.allRight(action)) {
            return;
        }
        for (int e = 0; e < steps.length; e++) {
            if (counts.ended[e] && mode == AutoresetMode.DISABLED) {
                throw new ResetNeededException(place.of(e, episode[e], steps[e])
                        + "the episode has ended. Reset this environment first: reset(VectorReset.next().where(mask),"
                        + " out)");
            }
            String wrong = counts.ended[e] ? null : actions.wrong(action, e * actions.size());
            if (wrong != null) {
                throw new IllegalArgumentException(place.of(e, episode[e], steps[e]) + wrong);
            }
        }
    }

    /** Steps the environments from {@code from} to {@code to - 1}, or resets those that ended in the step before. */
    final void stepSlice(int from, int to, float[] action, VectorStep out) {
        int over = mode == AutoresetMode.NEXT_STEP ? counts.stillEnded(from) : 0;
        if (over == 0 || batch.mayStepEnded()) {
            stepBatch(from, to, action, out);
        } else {
            stepBetween(from, to, over, action, out);
        }
        active();
        counts.add(from, to, out);
        if (out.anyFailed()) {
            beginAnew(from, to, out);
        }
        for (int i = 0; i < over; i++) {
            int e = counts.chosen(from, i);
            begin(e, episode[e] + 1, Map.of(), out);
            clear(e, out);
        }
        int ending = counts.select(from, to, out.terminated, out.truncated);
        for (int i = 0; i < ending; i++) {
            end(counts.chosen(from, i), out);
        }
    }

    /** Steps the runs of environments between those that ended, of which there are {@code over}. */
    private void stepBetween(int from, int to, int over, float[] action, VectorStep out) {
        int start = from;
        for (int i = 0; i < over; i++) {
            int e = counts.chosen(from, i);
            stepBatch(start, e, action, out);
            start = e + 1;
        }
        stepBatch(start, to, action, out);
    }

    private void stepBatch(int from, int to, float[] action, VectorStep out) {
        if (from == to) {
            return;
        }
        try {
            batch.step(from, to, action, out);
        } catch (BatchFailure failure) {
            int e = failure.index();
            EnvException fault = fault(e, steps[e] + 1, failure.what(), failure.getCause());
            if (!restartFailed) {
                throw fault;
            }
            log(fault);
            out.fail(e);
            stepBatch(e + 1, to, action, out);
        } catch (RuntimeException failure) {
            throw new EnvException(place.id() + ": step of the vector entry point failed: " + failure, failure);
        }
    }

    private void end(int e, VectorStep out) {
        int size = observations.size();
        out.episodeReturn[e] = counts.episodeReturn[e];
        out.episodeLength[e] = steps[e];
        System.arraycopy(out.observation, e * size, out.finalObservation, e * size, size);
        if (mode == AutoresetMode.SAME_STEP) {
            out.infoBecomesFinal(e);
            begin(e, episode[e] + 1, Map.of(), out);
        } else {
            counts.ended[e] = true;
        }
    }

    /** Makes those that failed in this step anew, and begins their next episodes. */
    private void beginAnew(int from, int to, VectorStep out) {
        for (int e = from; e < to; e++) {
            if (out.failed[e]) {
                out.fail(e); // whatever was counted
                faultyEpisodes++;
                replace(e);
                begin(e, episode[e] + 1, Map.of(), out);
            }
        }
    }

    private void replace(int e) {
        ((EnvObjects) batch).replace(e);
        Object task = given[e];
        if (task != null) {
            batch.setTask(e, task);
        }
    }

    private void begin(int e, long number, Map<String, Object> options, VectorStep out) {
        long next = number;
        for (int failures = 1; ; failures++) {
            try {
                beginOnce(e, next, options, out);
                return;
            } catch (EnvException fault) {
                if (!restartFailed) {
                    throw fault;
                }
                if (failures > MOST_FAILURES_IN_A_ROW) {
                    throw new EnvException(
                            "An environment was made anew " + MOST_FAILURES_IN_A_ROW
                                    + " times in a row, but began no episode. The last failure: " + fault.getMessage(),
                            fault);
                }
                log(fault);
                faultyEpisodes++;
                replace(e);
                next++;
            }
        }
    }

    /** Tells of every episode that is thrown away, and where the first failure came from. */
    private void log(EnvException fault) {
        System.getLogger(BatchVectorEnv.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "An episode is thrown away: " + fault.getMessage(),
                        faultyEpisodes == 0 ? fault.getCause() : null);
    }

    /** The error of an environment of a worker says how to see it again, and how to live with it. */
    private EnvException fault(int e, int step, String what, @Nullable Throwable cause) {
        String again = series == null
                ? ""
                : ". The episode's seed is " + series[e].seed(episode[e])
                        + "; to throw such episodes away and go on, set restart_failed_sub_environments to true";
        return new EnvException(place.of(e, episode[e], step) + what + again, cause);
    }

    private void active() {
        ACTIVITY.setOpaque(this, (long) ACTIVITY.getOpaque(this) + 1);
    }

    @Override
    public final long activity() {
        return (long) ACTIVITY.getOpaque(this);
    }

    @Override
    public final long faultyEpisodes() {
        return faultyEpisodes;
    }

    @Override
    public final void stepAgain(int e, int back, float[] action, VectorStep out) {
        ActionLog taken = requirePlan("stepAgain");
        requireLength("action", action.length, actions.size());
        requireRoom(out);
        float[] all = new float[numEnvs() * actions.size()];
        System.arraycopy(action, 0, all, e * actions.size(), actions.size());
        String wrong = actions.wrong(all, e * actions.size());
        if (wrong != null) {
            throw new IllegalArgumentException(place.of(e, episode[e], steps[e]) + wrong);
        }
        taken.set(e, back, action);
        out.clearInfo(e);
        out.failed[e] = false;
        counts.stepsAreUnknown();
        begun = false;
        stepSlice(e, e + 1, all, out);
        begun = true;
    }

    private void beginOnce(int e, long number, Map<String, Object> options, VectorStep out) {
        episode[e] = number;
        begunWith[e] = given[e];
        counts.begin(e);
        try {
            if (series != null) {
                batch.seed(e, series[e].seed(number));
            }
            batch.reset(e, options, out);
            active();
        } catch (BatchFailure failure) {
            throw fault(e, 0, failure.what(), failure.getCause());
        } catch (RuntimeException failure) {
            throw new EnvException(place.of(e, number, 0) + "reset failed: " + failure, failure);
        }
    }

    private static void clear(int e, VectorStep out) {
        out.reward[e] = 0;
        out.terminated[e] = false;
        out.truncated[e] = false;
    }

    @Override
    public final long episode(int e) {
        return episode[e];
    }

    @Override
    public final Optional<Object> task() {
        return batch.task(0);
    }

    @Override
    public final void setTask(Object task) {
        Object plain = PlainValues.checked("The task", task);
        if (ownTask == null) {
            Object own = batch.task(0)
                    .orElseThrow(() -> new UnsupportedOperationException(place.id() + " has no tasks"
                            + (batch instanceof EnvObjects
                                    ? ": its environment overrides neither task() nor setTask(Object)"
                                    : " in its vector entry point: override task(int) and setTask(int, Object) there, or"
                                            + " leave it out of the spec")));
            ownTask = PlainValues.checked("The task", own);
            Arrays.fill(begunWith, ownTask); // nothing else was ever set
        }
        for (int e = 0; e < numEnvs(); e++) {
            give(e, plain);
        }
    }

    private void give(int e, @Nullable Object task) {
        if (task != null && !task.equals(given[e])) {
            batch.setTask(e, task);
            given[e] = task;
        }
    }

    @Override
    public final List<EpisodeState> save() {
        ActionLog taken = requirePlan("save");
        requireBegun();
        List<EpisodeState> states = new ArrayList<>();
        for (int e = 0; e < numEnvs(); e++) {
            states.add(new EpisodeState(episode[e], taken.last(e, steps[e]), begunWith[e]));
        }
        return states;
    }

    @Override
    public final void restore(List<EpisodeState> states, float[] observation) {
        ActionLog all = requirePlan("restore");
        requireLength("states", states.size(), numEnvs());
        requireLength("observation", observation.length, numEnvs() * observationSize());
        VectorStep replay = newStep();
        float[][] taken = new float[numEnvs()][];
        counts.stepsAreUnknown();
        begun = false;
        boolean restarts = restartFailed;
        restartFailed = false; // what did not fail before must not fail now
        try {
            for (int e = 0; e < numEnvs(); e++) {
                taken[e] = states.get(e).actions();
                Object next = given[e];
                Object task = states.get(e).task();
                give(e, task == null ? ownTask : task);
                repeat(e, states.get(e).episode(), taken[e], replay);
                give(e, next);
            }
        } finally {
            restartFailed = restarts;
        }
        all.replace(taken);
        System.arraycopy(replay.observation, 0, observation, 0, observation.length);
        begun = true;
    }

    /** Begins the episode again and repeats its actions. */
    private void repeat(int e, long number, float[] taken, VectorStep replay) {
        int size = actionSize();
        if (taken.length % size != 0) {
            throw new IllegalArgumentException(place.of(e, number, 0) + "the saved state has " + taken.length
                    + " action values, but an action has " + size);
        }
        begin(e, number, Map.of(), replay);
        float[] action = new float[numEnvs() * size];
        for (int at = 0; at < taken.length; at += size) {
            System.arraycopy(taken, at, action, e * size, size);
            String wrong = actions.wrong(action, e * size);
            if (wrong != null) {
                throw new IllegalArgumentException(place.of(e, number, steps[e]) + wrong);
            }
            stepSlice(e, e + 1, action, replay);
            if (replay.ended(e)) {
                throw new EnvException(
                        place.of(e, number, replay.episodeLength[e]) + "the episode ended while " + taken.length / size
                                + " saved actions were repeated. The same seed and actions must give the same"
                                + " episode: draw from the seeded generator only, and reset all state",
                        null);
            }
        }
    }

    @Override
    public final BufferedImage renderFrame(int e) {
        return batch.renderFrame(e);
    }

    @Override
    public final Optional<Env<?, ?>> env(int e) {
        return batch.env(e);
    }

    @Override
    public void close() {
        batch.close();
    }

    private ActionLog requirePlan(String call) {
        if (log == null) {
            throw new UnsupportedOperationException(place.id() + ": " + call
                    + " needs environments whose episodes have seeds of their own, as those of a rollout worker have."
                    + " Make them by VectorEnvs.ofWorker");
        }
        return log;
    }

    private void requireBegun() {
        if (!begun) {
            throw new ResetNeededException(
                    place.id() + ": call reset, restart or restore first: no episode has begun, or a step has failed");
        }
    }

    private void requireRoom(VectorStep out) {
        requireLength("out.reward", out.reward.length, numEnvs());
        requireLength("out.observation", out.observation.length, numEnvs() * observationSize());
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, but must have " + expected);
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + place.id() + ", " + numEnvs() + " environments, " + mode + "]";
    }
}
