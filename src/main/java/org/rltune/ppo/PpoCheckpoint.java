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
import org.rltune.nn.Adam;
import org.rltune.policy.FloatFile;
import org.rltune.policy.Policy;
import org.rltune.rollout.RolloutWorker;

/**
 * The files of a PPO checkpoint: the policy's ({@link Policy#files}), {@code optimizer.bin} (Adam's first, then its
 * second moments), {@code trainer.json} (counters, latest episodes, where each environment stands, the moments of returns that
 * rewards are scaled by) and
 * {@code episodes.bin} (the actions of the running episodes, one environment after the other, by which they are
 * replayed).
 */
final class PpoCheckpoint {
    private static final String FORMAT = "rltune-ppo";
    private static final long VERSION = 1;
    private static final String TRAINER = "trainer.json";
    private static final String OPTIMIZER = "optimizer.bin";
    private static final String EPISODES = "episodes.bin";
    private static final String WEIGHTS = "weights.bin";

    private final Map<String, byte[]> files;
    private final Map<String, Object> trainer;
    private final List<EpisodeState> episodes;

    private PpoCheckpoint(Map<String, byte[]> files, Map<String, Object> trainer, List<EpisodeState> episodes) {
        this.files = files;
        this.trainer = trainer;
        this.episodes = episodes;
    }

    static Map<String, byte[]> write(
            PpoConfig config,
            Policy policy,
            Adam adam,
            PpoProgress progress,
            EpisodeWindow window,
            List<RolloutWorker> workers,
            RunningStatistics running) {
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
        running.save().ifPresent(saved -> trainer.put("reward_scaling", saved));
        Map<String, byte[]> files = new LinkedHashMap<>(policy.files());
        files.put(TRAINER, Json.writePretty(trainer).getBytes(StandardCharsets.UTF_8));
        files.put(OPTIMIZER, FloatFile.encode(concatenate(List.of(adam.firstMoments(), adam.secondMoments()))));
        files.put(
                EPISODES,
                FloatFile.encode(
                        concatenate(states.stream().map(EpisodeState::actions).toList())));
        return files;
    }

    private static float[] concatenate(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Reads and checks the files; {@code envs} is the number of environments of the trainer that reads them. */
    @SuppressWarnings("unchecked") // parsed JSON objects have text keys
    static PpoCheckpoint read(Map<String, byte[]> files, int envs) {
        Object parsed = Json.parse(new String(file(files, TRAINER), StandardCharsets.UTF_8), TRAINER);
        if (!(parsed instanceof Map<?, ?> object)
                || !FORMAT.equals(object.get("format"))
                || !Long.valueOf(VERSION).equals(object.get("version"))) {
            throw new IllegalArgumentException(TRAINER + ": not " + FORMAT + " version " + VERSION
                    + ". Use the rltune that wrote this checkpoint.");
        }
        Map<String, Object> trainer = (Map<String, Object>) object;
        List<?> running = (List<?>) trainer.get("running_episodes");
        if (running == null || running.size() != envs) {
            throw new IllegalArgumentException(TRAINER + ": holds the episodes of "
                    + (running == null ? "no" : running.size()) + " environments, but the trainer has " + envs
                    + ". Set num_workers and num_envs_per_worker as they were.");
        }
        float[] actions = FloatFile.decode(EPISODES, file(files, EPISODES), -1);
        List<EpisodeState> episodes = new ArrayList<>();
        int at = 0;
        for (Object state : running) {
            List<?> pair = (List<?>) state;
            int length = ((Number) pair.get(1)).intValue();
            if (length < 0 || length > actions.length - at) {
                throw new IllegalArgumentException(
                        EPISODES + ": shorter than " + TRAINER + " says; the checkpoint is damaged. Take another.");
            }
            episodes.add(
                    new EpisodeState(((Number) pair.get(0)).longValue(), Arrays.copyOfRange(actions, at, at + length)));
            at += length;
        }
        return new PpoCheckpoint(files, trainer, List.copyOf(episodes));
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException(
                    "The checkpoint has no file " + name + ", only " + files.keySet() + "; it is not one of PPO.");
        }
        return content;
    }

    PpoProgress progress() {
        return new PpoProgress(
                number("iteration").longValue(),
                number("timesteps").longValue(),
                number("episodes").longValue(),
                number("lineage_timesteps").longValue(),
                number("kl_coeff").doubleValue());
    }

    private Number number(String key) {
        if (trainer.get(key) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException(
                TRAINER + ": " + key + " is " + trainer.get(key) + ", not a number; the checkpoint is damaged.");
    }

    List<?> window() {
        return trainer.get("latest_episodes") instanceof List<?> list ? list : List.of();
    }

    /** Returns the saved state of the scaling of rewards, or null if there was none. */
    @Nullable
    Object rewardScaling() {
        return trainer.get("reward_scaling");
    }

    /** Returns all files. */
    Map<String, byte[]> files() {
        return files;
    }

    List<EpisodeState> episodes() {
        return episodes;
    }

    void weightsInto(float[] parameters) {
        float[] weights = FloatFile.decode(WEIGHTS, file(files, WEIGHTS), parameters.length);
        System.arraycopy(weights, 0, parameters, 0, weights.length);
    }

    void optimiserInto(Adam adam) {
        int n = adam.firstMoments().length;
        float[] moments = FloatFile.decode(OPTIMIZER, file(files, OPTIMIZER), 2 * n);
        adam.restore(
                Arrays.copyOf(moments, n),
                Arrays.copyOfRange(moments, n, 2 * n),
                number("adam_steps").longValue());
    }
}
