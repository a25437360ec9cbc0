package org.rltune.env;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Seeds;
import org.rltune.space.Space;

/**
 * The adapter from {@link Env} to {@link VectorEnv}: makes the environments of one rollout worker and steps them one
 * after the other.
 *
 * <p>Episode {@code k} of environment {@code e} on worker {@code w} is begun with {@code seeds.seed("episode", w, e,
 * k)}. Every observation is checked against its space, and every reward for being finite, without allocation; Box
 * observations of any shape are flattened. Observation spaces: Box. Action spaces: Box and Discrete.
 */
public final class SyncVectorEnv implements VectorEnv {
    private final List<Slot> slots = new ArrayList<>();
    private final FlatSpaces spaces;
    private final VectorStep replay;
    private boolean begun;

    /**
     * Makes the environments.
     *
     * @param id a registered environment
     * @param config its config, the same for all
     * @param numEnvs how many, at least 1
     * @param workerIndex the rollout worker they belong to, at least 0
     * @param numWorkers number of rollout workers, for the environments' context
     * @param seeds where the seeds of all episodes come from
     * @throws IllegalArgumentException for a space without a flat form, or environments with different spaces
     */
    public SyncVectorEnv(
            String id, Map<String, Object> config, int numEnvs, int workerIndex, int numWorkers, Seeds seeds) {
        Check.atLeast("numEnvs", numEnvs, 1);
        try {
            for (int e = 0; e < numEnvs; e++) {
                EnvContext context = new EnvContext(config, workerIndex, e, numWorkers);
                slots.add(new Slot(id, Envs.makeUnchecked(id, context), context, seeds));
            }
            spaces = slots.get(0).flatten();
            for (Slot slot : slots) {
                if (!slot.flatten().sameAs(spaces)) {
                    throw new IllegalArgumentException(
                            slot.where() + "the spaces differ from those of vector index 0. One vector needs one pair");
                }
                slot.buffer = new float[spaces.actionSize()];
            }
            replay = new VectorStep(1, spaces.observationSize());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public int numEnvs() {
        return slots.size();
    }

    @Override
    public Space<?> observationSpace() {
        return spaces.observationSpace();
    }

    @Override
    public Space<?> actionSpace() {
        return spaces.actionSpace();
    }

    @Override
    public int observationSize() {
        return spaces.observationSize();
    }

    @Override
    public int actionSize() {
        return spaces.actionSize();
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        requireLength("episode", episode.length, numEnvs());
        requireLength("observation", observation.length, numEnvs() * observationSize());
        for (long number : episode) {
            Check.atLeast("episode", number, 0);
        }
        for (int e = 0; e < slots.size(); e++) {
            slots.get(e).begin(spaces, episode[e], observation, e * observationSize());
        }
        begun = true;
    }

    @Override
    public void step(float[] action, VectorStep out) {
        int size = observationSize();
        requireBegun();
        requireLength("action", action.length, numEnvs() * actionSize());
        requireLength("out.reward", out.reward.length, numEnvs());
        requireLength("out.observation", out.observation.length, numEnvs() * size);
        for (int e = 0; e < slots.size(); e++) {
            Slot slot = slots.get(e);
            if (slot.step(spaces, action, e * actionSize(), out, e)) {
                System.arraycopy(out.observation, e * size, out.finalObservation, e * size, size);
                slot.begin(spaces, slot.episode + 1, out.observation, e * size);
            }
        }
    }

    @Override
    public List<EpisodeState> save() {
        requireBegun();
        return slots.stream().map(Slot::save).toList();
    }

    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        requireLength("states", states.size(), numEnvs());
        requireLength("observation", observation.length, numEnvs() * observationSize());
        for (int e = 0; e < slots.size(); e++) {
            slots.get(e).restore(spaces, states.get(e), replay);
            System.arraycopy(replay.observation, 0, observation, e * observationSize(), observationSize());
        }
        begun = true;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Slot slot : slots) {
            try {
                slot.env.close();
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

    private void requireBegun() {
        if (!begun) {
            throw new IllegalStateException("Call reset(observation), restart or restore first: no episode has begun");
        }
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, but must have " + expected);
        }
    }

    /** One environment with the episode that it is in. */
    private static final class Slot {
        private static final int FIRST_ROOM = 64;

        private final String id;
        private final Env<Object, Object> env;
        private final EnvContext context;
        private final Seeds seeds;
        private float[] buffer = {}; // the Box action handed to the environment
        private float[] actions = {}; // those of the running episode
        private long episode;
        private int steps;
        private double episodeReturn;

        @SuppressWarnings("unchecked") // the actions come from its own space, the observations are checked
        Slot(String id, Env<?, ?> env, EnvContext context, Seeds seeds) {
            this.id = id;
            this.env = (Env<Object, Object>) env;
            this.context = context;
            this.seeds = seeds;
        }

        FlatSpaces flatten() {
            return FlatSpaces.of(id, env);
        }

        void begin(FlatSpaces spaces, long number, float[] observation, int at) {
            episode = number;
            steps = 0;
            episodeReturn = 0;
            long seed = seeds.seed("episode", context.workerIndex(), context.vectorIndex(), number);
            ResetResult<Object> first;
            try {
                first = env.reset(seed);
            } catch (RuntimeException e) {
                throw failed("reset", e);
            }
            require(spaces.copyObservation(first.observation(), observation, at));
        }

        /** Steps and writes everything but the final observation to place {@code e}; returns whether it ended. */
        boolean step(FlatSpaces spaces, float[] action, int at, VectorStep out, int e) {
            String wrong = spaces.wrongAction(action, at);
            if (wrong != null) {
                throw new IllegalArgumentException(where() + wrong);
            }
            record(action, at);
            StepResult<Object> result;
            try {
                result = env.step(spaces.decode(action, at, buffer));
            } catch (RuntimeException failure) {
                throw failed("step", failure);
            }
            require(spaces.copyObservation(result.observation(), out.observation, e * spaces.observationSize()));
            double reward = result.reward();
            if (!(Math.abs(reward) <= Double.MAX_VALUE)) {
                throw new EnvException(where() + "the reward is " + reward + "; it must be a finite number", null);
            }
            episodeReturn += reward;
            out.reward[e] = reward;
            out.terminated[e] = result.terminated();
            out.truncated[e] = result.truncated();
            if (!result.ended()) {
                return false;
            }
            out.episodeReturn[e] = episodeReturn;
            out.episodeLength[e] = steps;
            return true;
        }

        EpisodeState save() {
            return new EpisodeState(episode, Arrays.copyOf(actions, steps * buffer.length));
        }

        /** Begins the episode again and repeats its actions; the observation is left in {@code scratch}. */
        void restore(FlatSpaces spaces, EpisodeState state, VectorStep scratch) {
            float[] taken = state.actions();
            if (taken.length % buffer.length != 0) {
                throw new IllegalArgumentException(where() + "the saved state has " + taken.length
                        + " action values, but an action has " + buffer.length);
            }
            begin(spaces, state.episode(), scratch.observation, 0);
            for (int at = 0; at < taken.length; at += buffer.length) {
                if (step(spaces, taken, at, scratch, 0)) {
                    throw new EnvException(
                            where() + "the episode ended while " + taken.length / buffer.length
                                    + " saved actions were repeated. The same seed and actions must give the same"
                                    + " episode: draw from the seeded generator only, and reset all state",
                            null);
                }
            }
        }

        private void record(float[] action, int at) {
            int size = buffer.length;
            if ((steps + 1) * size > actions.length) {
                actions = Arrays.copyOf(actions, Math.max(FIRST_ROOM * size, 2 * actions.length));
            }
            System.arraycopy(action, at, actions, steps * size, size);
            steps++;
        }

        private void require(@Nullable String wrong) {
            if (wrong != null) {
                throw new EnvException(where() + wrong, null);
            }
        }

        private EnvException failed(String call, RuntimeException cause) {
            return new EnvException(where() + call + " failed: " + cause, cause);
        }

        private String where() {
            return id + " (worker " + context.workerIndex() + ", vector index " + context.vectorIndex() + "), episode "
                    + episode + ", step " + steps + ": ";
        }
    }
}
