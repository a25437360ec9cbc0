package org.rltune.ppo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.rollout.RolloutBatch;
import org.rltune.rollout.RolloutRecord;

/**
 * Goes through what was collected, step by step and in each step the environments in their order, follows the episodes,
 * calls the hooks of {@link PpoCallbacks}, and keeps the custom metrics.
 */
final class EpisodeHooks {
    static final String FILE = "callbacks.json";

    private final PpoConfig config;
    private final CallbackCalls calls;
    private final boolean callbacks;
    private final List<String> names;
    private final EpisodeMetrics window;
    private final @Nullable PpoEpisode[] running;

    EpisodeHooks(PpoConfig config, String trialId) {
        PpoCallbacks made = Callbacks.make(config.callbacks());
        this.config = config;
        this.callbacks = !config.callbacks().isEmpty();
        this.names = Callbacks.episodeMetrics(config, made);
        this.calls = new CallbackCalls(config.callbacks(), trialId, made);
        this.window = new EpisodeMetrics(names);
        this.running = new PpoEpisode[config.totalEnvs()];
    }

    /** Whether there is anything to do. */
    boolean on() {
        return callbacks || !names.isEmpty();
    }

    CallbackCalls calls() {
        return calls;
    }

    /**
     * Goes through the samples of an iteration.
     *
     * @param task what environments are set to when an episode begins in it, or null
     */
    void follow(RolloutBatch batch, RolloutRecord record, @Nullable Object task) {
        List<Map<String, Double>> ended = new ArrayList<>();
        int envs = batch.envs();
        for (int row = 0; row < batch.rows(); row++) {
            int e = row % envs;
            PpoEpisode episode = running[e];
            if (episode == null || episode.number() != record.episode[row]) {
                episode = begin(batch, record, row, task);
            }
            episode.step(batch, record, row);
            if (callbacks) {
                calls.step(episode);
            }
            if (batch.ended[row]) {
                if (callbacks) {
                    calls.end(episode);
                }
                putInfoMetrics(episode);
                ended.add(new LinkedHashMap<>(episode.metrics()));
                begin(batch, record, row + envs, task);
            }
        }
        window.add(ended, config.metricsNumEpisodesForSmoothing());
    }

    private PpoEpisode begin(RolloutBatch batch, RolloutRecord record, int row, @Nullable Object task) {
        int e = row % batch.envs();
        PpoEpisode episode = new PpoEpisode(e, record.episode[row], task, names);
        running[e] = episode;
        episode.beginAt(batch, record, row);
        if (callbacks) {
            calls.start(episode);
        }
        return episode;
    }

    private void putInfoMetrics(PpoEpisode episode) {
        for (String name : config.episodeInfoMetrics()) {
            Object value = episode.info().get(name);
            if (value instanceof Boolean flag) {
                episode.putMetric(name, flag ? 1 : 0);
            } else if (value instanceof Number number) {
                episode.putMetric(name, number.doubleValue());
            } else if (value != null) {
                throw new IllegalStateException("episode_info_metrics names '" + name + "', but at the end of episode "
                        + episode.number() + " of environment " + episode.env() + " of " + config.env()
                        + " that info is "
                        + Json.shown(value) + " (" + value.getClass().getSimpleName()
                        + "), not a number or a flag. Leave it out, or turn it into a number by callbacks.");
            }
        }
    }

    /** Writes the metrics of episodes. */
    void putEpisodeMetrics(Map<String, Object> custom) {
        window.putInto(custom);
    }

    /** Adds what is needed to go on. */
    void save(Map<String, byte[]> files) {
        if (!on()) {
            return;
        }
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("state", calls.save());
        saved.put("latest", window.save());
        List<Object> episodes = new ArrayList<>();
        for (PpoEpisode episode : running) {
            episodes.add(episode == null ? Map.of() : episode.save());
        }
        saved.put("running", episodes);
        files.put(FILE, Json.writePretty(saved).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes over what was saved; where nothing was, as from a checkpoint without callbacks, all begins here.
     *
     * @param episodesToo whether the running episodes go on; otherwise new ones begin
     */
    void restore(Map<String, byte[]> files, boolean episodesToo) {
        byte[] content = files.get(FILE);
        if (content != null && !on()) {
            throw new IllegalArgumentException("The checkpoint has a " + FILE
                    + ", but callbacks and episode_info_metrics are empty. Set them as they were.");
        }
        Arrays.fill(running, null);
        window.clear();
        if (content == null) {
            return;
        }
        Map<String, @Nullable Object> saved =
                Json.asObject(Json.parse(new String(content, StandardCharsets.UTF_8), FILE), FILE);
        List<?> episodes = Json.asList(saved.get("running"), FILE + ": running");
        if (episodes.size() != running.length) {
            throw new IllegalArgumentException(FILE + ": holds the episodes of " + episodes.size()
                    + " environments, but the trainer has " + running.length
                    + ". Set num_workers and num_envs_per_worker as they were.");
        }
        window.restore(saved.get("latest"), FILE);
        for (int e = 0; e < running.length && episodesToo; e++) {
            running[e] = episode(e, Json.asObject(episodes.get(e), FILE + ": an episode"));
        }
        calls.restore(nonNull(Json.asObject(saved.get("state"), FILE + ": state")));
    }

    private @Nullable PpoEpisode episode(int e, Map<String, @Nullable Object> saved) {
        if (saved.isEmpty()) {
            return null;
        }
        PpoEpisode episode =
                new PpoEpisode(e, Json.asLong(saved.get("episode"), FILE + ": episode"), saved.get("task"), names);
        double sum = Json.asDouble(saved.get("return"), FILE + ": return");
        int length = Json.asInt(saved.get("length"), FILE + ": length");
        if (length < 0 || !Double.isFinite(sum)) {
            throw damaged("an episode has the length " + length + " and the return " + sum);
        }
        episode.restore(
                length,
                sum,
                EpisodeMetrics.metrics(saved.get("metrics"), names, FILE),
                nonNull(Json.asObject(saved.get("notes"), FILE + ": notes")));
        return episode;
    }

    private static Map<String, Object> nonNull(Map<String, @Nullable Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value == null) {
                throw damaged(key + " is null");
            }
            copy.put(key, value);
        });
        return copy;
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException(FILE + ": " + what + "; the checkpoint is damaged. Take another.");
    }
}
