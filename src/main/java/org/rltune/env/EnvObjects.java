package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/**
 * A batch of {@link Env} objects. Every observation is checked against its space, and every reward for being finite,
 * without allocation.
 */
final class EnvObjects implements EnvBatch {
    private static final long NO_SEED = -1;

    private final List<Env<Object, Object>> envs = new ArrayList<>();
    private final FlatObservations observations;
    private final FlatActions actions;
    private final float[][] buffers; // the Box actions handed to the environments
    private final long[] seeds;
    private final IntFunction<Env<?, ?>> maker;
    private final IntFunction<String> where;

    /**
     * Makes the environments.
     *
     * @param id names them in errors
     * @param where what stands before an error about environment {@code e}
     */
    EnvObjects(String id, int numEnvs, IntFunction<Env<?, ?>> maker, IntFunction<String> where) {
        this.maker = maker;
        this.where = where;
        try {
            for (int e = 0; e < numEnvs; e++) {
                envs.add(untyped(maker.apply(e)));
            }
            observations = FlatObservations.of(id, envs.get(0).observationSpace());
            actions = flatActions(id, envs.get(0));
            for (int e = 1; e < numEnvs; e++) {
                requireSame(e, envs.get(e));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        buffers = new float[numEnvs][actions.size()];
        seeds = new long[numEnvs];
        Arrays.fill(seeds, NO_SEED);
    }

    @SuppressWarnings("unchecked") // the actions come from its own space, the observations are checked
    private static Env<Object, Object> untyped(Env<?, ?> env) {
        return (Env<Object, Object>) env;
    }

    private static FlatActions flatActions(String id, Env<?, ?> env) {
        try {
            return FlatActions.of(env.actionSpace());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(id + ": " + e.getMessage(), e);
        }
    }

    private void requireSame(int e, Env<?, ?> env) {
        if (!same(env, envs.get(0))) {
            throw new IllegalArgumentException(
                    where.apply(e) + "the spaces differ from those of vector index 0. One vector needs one pair");
        }
    }

    /** Makes environment {@code e} anew in place of one that has failed. */
    void replace(int e) {
        Env<Object, Object> broken = envs.get(e);
        Env<Object, Object> fresh = untyped(maker.apply(e));
        try {
            requireSame(e, fresh);
        } catch (RuntimeException failure) {
            fresh.close();
            throw failure;
        }
        envs.set(e, fresh);
        try {
            broken.close();
        } catch (RuntimeException failure) {
            // It was broken before; the episode is thrown away either way.
            System.getLogger(EnvObjects.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            where.apply(e) + "the failed environment cannot be closed",
                            failure);
        }
    }

    private static boolean same(Env<?, ?> one, Env<?, ?> other) {
        return one.observationSpace().equals(other.observationSpace())
                && one.actionSpace().equals(other.actionSpace());
    }

    @Override
    public Optional<Env<?, ?>> env(int e) {
        return Optional.of(envs.get(e));
    }

    @Override
    public Optional<Object> task(int e) {
        return envs.get(e).task();
    }

    @Override
    public void setTask(int e, Object task) {
        envs.get(e).setTask(task);
    }

    @Override
    public BufferedImage renderFrame(int e) {
        return envs.get(e).renderFrame();
    }

    @Override
    public int numEnvs() {
        return envs.size();
    }

    @Override
    public Space<?> observationSpace() {
        return observations.space();
    }

    @Override
    public Space<?> actionSpace() {
        return actions.space();
    }

    @Override
    public void seed(int e, long seed) {
        seeds[e] = seed;
    }

    @Override
    public void reset(int e, Map<String, Object> options, VectorStep out) {
        Long seed = seeds[e] == NO_SEED ? null : Long.valueOf(seeds[e]);
        seeds[e] = NO_SEED;
        ResetResult<Object> first;
        try {
            first = envs.get(e).reset(seed, options);
        } catch (RuntimeException failure) {
            throw new BatchFailure(e, "reset failed: " + failure, failure);
        }
        if (first == null) {
            throw new BatchFailure(e, "reset returned null; it must return a ResetResult", null);
        }
        require(e, observations.copy(first.observation(), out.observation, e * observations.size()));
        out.putInfo(e, first.info());
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int e = from; e < to; e++) {
            StepResult<Object> result;
            try {
                result = envs.get(e).step(actions.decode(action, e * buffers[e].length, buffers[e]));
            } catch (RuntimeException failure) {
                throw new BatchFailure(e, "step failed: " + failure, failure);
            }
            if (result == null) {
                throw new BatchFailure(e, "step returned null; it must return a StepResult", null);
            }
            require(e, observations.copy(result.observation(), out.observation, e * observations.size()));
            double reward = result.reward();
            if (!(Math.abs(reward) <= Double.MAX_VALUE)) {
                throw new BatchFailure(e, "the reward is " + reward + "; it must be a finite number", null);
            }
            out.reward[e] = reward;
            out.terminated[e] = result.terminated();
            out.truncated[e] = result.truncated();
            out.putInfo(e, result.info());
        }
    }

    private static void require(int e, @Nullable String wrong) {
        if (wrong != null) {
            throw new BatchFailure(e, wrong, null);
        }
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Env<Object, Object> env : envs) {
            try {
                env.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
