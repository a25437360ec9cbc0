package org.rltune.ppo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EpisodeState;
import org.rltune.json.Json;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Adam;
import org.rltune.policy.FloatFile;
import org.rltune.policy.Policy;
import org.rltune.rollout.RolloutWorker;

/**
 * The files of a PPO checkpoint: the policy's ({@link Policy#files}), {@code optimizer.bin} (Adam's first, then its
 * second moments), {@code trainer.json} (counters, latest episodes, where each environment stands, the moments of returns that
 * rewards are scaled by) and
 * {@code episodes.bin} (the actions of the running episodes, one environment after the other, by which they are
 * replayed). With a network with memory {@code memory.bin} has the states that it has come to in these, in the same order: they
 * come from the weights of earlier iterations, so repeating the episodes would not bring them back.
 */
final class PpoCheckpoint {
    private static final String FORMAT = "rltune-ppo";
    private static final long VERSION = 1;
    static final String TRAINER = "trainer.json";
    static final String OPTIMIZER = "optimizer.bin";
    static final String EPISODES = "episodes.bin";
    private static final String MEMORY = "memory.bin";
    static final String WEIGHTS = "weights.bin";

    private final Map<String, byte[]> files;
    private final Map<String, @Nullable Object> trainer;
    private final PpoProgress progress;
    private final List<EpisodeState> episodes;
    private final List<double[]> window;
    private final float[] weights;
    private final float[] moments;
    private final float[] memory;
    private final long adamSteps;

    /** Reads and checks all that can be checked, so that nothing damaged is taken over in part. */
    private PpoCheckpoint(
            Map<String, byte[]> files, Map<String, @Nullable Object> trainer, int envs, ActorCritic network) {
        int parameters = network.parameters().length;
        this.files = files;
        this.trainer = trainer;
        this.progress = progress(trainer);
        this.adamSteps = count(trainer, "adam_steps");
        this.window = window(trainer);
        this.episodes = episodes(files, trainer, envs);
        this.weights = FloatFile.decodeFinite(WEIGHTS, file(files, WEIGHTS), parameters);
        this.moments = moments(OPTIMIZER, file(files, OPTIMIZER), parameters);
        int states = Math.multiplyExact(envs, network.stateSize());
        this.memory = states == 0 ? new float[0] : FloatFile.decodeFinite(MEMORY, file(files, MEMORY), states);
    }

    static PpoProgress progress(Map<String, @Nullable Object> trainer) {
        return new PpoProgress(
                count(trainer, "iteration"),
                count(trainer, "timesteps"),
                count(trainer, "episodes"),
                count(trainer, "lineage_timesteps"),
                atLeastZero(trainer.get("kl_coeff"), "kl_coeff"));
    }

    /** Reads Adam's first moments, and its second ones after them. */
    static float[] moments(String name, byte[] file, int parameters) {
        float[] moments = FloatFile.decodeFinite(name, file, 2 * parameters);
        for (int i = parameters; i < moments.length; i++) {
            if (moments[i] < 0) {
                throw damaged(name, "the second moment " + (i - parameters) + " is " + moments[i] + ", below 0");
            }
        }
        return moments;
    }

    static Map<String, byte[]> write(
            PpoConfig config,
            Policy policy,
            Adam adam,
            PpoProgress progress,
            EpisodeWindow window,
            List<RolloutWorker> workers,
            RunningStatistics running,
            PeriodicEvaluation<Policy> evaluation) {
        List<EpisodeState> states =
                workers.stream().flatMap(worker -> worker.save().stream()).toList();
        Map<String, Object> trainer = new LinkedHashMap<>();
        trainer.put("format", FORMAT);
        trainer.put("version", VERSION);
        trainer.put("env", config.env());
        trainer.put("iteration", progress.iteration());
        trainer.put("timesteps", progress.timesteps());
        trainer.put("episodes", progress.episodes());
        trainer.put("lineage_timesteps", progress.lineageTimesteps());
        trainer.put("kl_coeff", progress.klCoeff());
        trainer.put("adam_steps", adam.steps());
        trainer.put("latest_episodes", window.save());
        trainer.put(
                "running_episodes",
                states.stream()
                        .map(state -> List.of(state.episode(), (long) state.actions().length))
                        .toList());
        if (evaluation.on()) {
            trainer.put("evaluation", evaluation.latest());
        }
        running.save().ifPresent(saved -> trainer.put("reward_scaling", saved));
        Map<String, byte[]> files = new LinkedHashMap<>(policy.files());
        files.put(TRAINER, Json.writePretty(trainer).getBytes(StandardCharsets.UTF_8));
        files.put(OPTIMIZER, FloatFile.encode(concatenate(List.of(adam.firstMoments(), adam.secondMoments()))));
        files.put(
                EPISODES,
                FloatFile.encode(
                        concatenate(states.stream().map(EpisodeState::actions).toList())));
        if (policy.network().stateSize() > 0) {
            files.put(
                    MEMORY,
                    FloatFile.encode(concatenate(
                            workers.stream().map(RolloutWorker::memory).toList())));
        }
        return files;
    }

    static float[] concatenate(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /**
     * Reads and checks the files.
     *
     * @param envs number of environments of the trainer that reads them
     * @param network its network
     * @throws IllegalArgumentException if they are damaged or of something else; nothing has been changed then
     */
    static PpoCheckpoint read(Map<String, byte[]> files, int envs, ActorCritic network) {
        return new PpoCheckpoint(files, trainer(files, FORMAT, VERSION), envs, network);
    }

    /** Reads {@code trainer.json}, which must be of this format and version. */
    static Map<String, @Nullable Object> trainer(Map<String, byte[]> files, String format, long version) {
        Object parsed = Json.parse(new String(file(files, TRAINER), StandardCharsets.UTF_8), TRAINER);
        Map<String, @Nullable Object> trainer = Json.asObject(parsed, TRAINER);
        if (!format.equals(trainer.get("format")) || !Long.valueOf(version).equals(trainer.get("version"))) {
            throw new IllegalArgumentException(TRAINER + ": format " + Json.shown(trainer.get("format")) + " version "
                    + Json.shown(trainer.get("version")) + " cannot be read; this rltune reads " + format + " version "
                    + version
                    + ". Use the rltune that wrote this checkpoint.");
        }
        return trainer;
    }

    static List<EpisodeState> episodes(Map<String, byte[]> files, Map<String, @Nullable Object> trainer, int envs) {
        List<?> running = Json.asList(trainer.get("running_episodes"), TRAINER + ": running_episodes");
        if (running.size() != envs) {
            throw new IllegalArgumentException(TRAINER + ": holds the episodes of " + running.size()
                    + " environments, but the trainer has " + envs
                    + ". Set num_workers and num_envs_per_worker as they were.");
        }
        float[] actions = FloatFile.decode(EPISODES, file(files, EPISODES), -1);
        List<EpisodeState> episodes = new ArrayList<>();
        int at = 0;
        for (Object state : running) {
            List<?> pair = pair(state, "running_episodes");
            long number = Json.asLong(pair.get(0), TRAINER + ": the number of an episode");
            long length = Json.asLong(pair.get(1), TRAINER + ": the length of an episode");
            if (number < 0 || length < 0 || length > actions.length - at) {
                throw damaged(
                        TRAINER,
                        "episode " + number + " has " + length + " numbers of actions, but " + EPISODES + " has "
                                + (actions.length - at) + " left");
            }
            episodes.add(new EpisodeState(number, Arrays.copyOfRange(actions, at, at + (int) length)));
            at += (int) length;
        }
        if (at != actions.length) {
            throw damaged(EPISODES, "it has " + (actions.length - at) + " numbers more than " + TRAINER + " says");
        }
        return List.copyOf(episodes);
    }

    static List<double[]> window(Map<String, @Nullable Object> trainer) {
        List<double[]> window = new ArrayList<>();
        for (Object saved : Json.asList(trainer.get("latest_episodes"), TRAINER + ": latest_episodes")) {
            List<?> pair = pair(saved, "latest_episodes");
            double episodeReturn = Json.asDouble(pair.get(0), TRAINER + ": the return of an episode");
            if (Double.isNaN(episodeReturn)) {
                throw damaged(TRAINER, "the return of an episode is NaN");
            }
            window.add(new double[] {episodeReturn, atLeastZero(pair.get(1), "the length of an episode")});
        }
        return window;
    }

    static List<?> pair(@Nullable Object value, String key) {
        if (value instanceof List<?> list && list.size() == 2) {
            return list;
        }
        throw damaged(TRAINER, key + " has an element that is no pair of numbers");
    }

    static long count(Map<String, @Nullable Object> trainer, String key) {
        long count = Json.asLong(trainer.get(key), TRAINER + ": " + key);
        if (count < 0) {
            throw damaged(TRAINER, key + " is " + count + ", below 0");
        }
        return count;
    }

    static double atLeastZero(@Nullable Object value, String key) {
        double number = Json.asDouble(value, TRAINER + ": " + key);
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw damaged(TRAINER, key + " is " + number + ", but must be finite and at least 0");
        }
        return number;
    }

    static IllegalArgumentException damaged(String file, String what) {
        return new IllegalArgumentException(file + ": " + what + "; the checkpoint is damaged. Take another.");
    }

    static byte[] file(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException(
                    "The checkpoint has no file " + name + ", only " + files.keySet() + "; it is not one of PPO.");
        }
        return content;
    }

    PpoProgress progress() {
        return progress;
    }

    List<double[]> window() {
        return window;
    }

    /** Returns the saved state of the scaling of rewards, or null if there was none. */
    @Nullable
    Object rewardScaling() {
        return trainer.get("reward_scaling");
    }

    /** Returns the metrics of the latest evaluation, or null if there was none. */
    @Nullable
    Object evaluation() {
        return trainer.get("evaluation");
    }

    /** Returns all files. */
    Map<String, byte[]> files() {
        return files;
    }

    List<EpisodeState> episodes() {
        return episodes;
    }

    /** Returns the states of a network with memory, environment by environment; empty without. */
    float[] memory() {
        return memory;
    }

    void weightsInto(float[] parameters) {
        System.arraycopy(weights, 0, parameters, 0, weights.length);
    }

    void optimiserInto(Adam adam) {
        int n = adam.firstMoments().length;
        adam.restore(Arrays.copyOf(moments, n), Arrays.copyOfRange(moments, n, 2 * n), adamSteps);
    }
}
