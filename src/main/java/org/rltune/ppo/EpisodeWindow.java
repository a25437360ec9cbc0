package org.rltune.ppo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.rollout.RolloutWorker.Episode;

/**
 * The latest episodes, over which the episode metrics go: those that ended in this iteration, filled up to a smallest
 * number with older ones, as in RLlib.
 */
final class EpisodeWindow {
    private final ArrayDeque<double[]> latest = new ArrayDeque<>();

    /** Adds the episodes of an iteration and drops those that no longer count. */
    void add(List<Episode> ended, int smoothing) {
        ended.forEach(episode -> latest.addLast(new double[] {episode.episodeReturn(), episode.length()}));
        int keep = Math.max(smoothing, ended.size());
        while (latest.size() > keep) {
            latest.removeFirst();
        }
    }

    /** Returns mean, smallest and largest return and mean length; or, before the first episode has ended, why not. */
    Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        if (latest.isEmpty()) {
            metrics.put("episode_reward_mean_absent", "no episode has ended yet");
            return metrics;
        }
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double length = 0;
        for (double[] episode : latest) {
            sum += episode[0];
            min = Math.min(min, episode[0]);
            max = Math.max(max, episode[0]);
            length += episode[1];
        }
        metrics.put("episode_reward_mean", sum / latest.size());
        metrics.put("episode_reward_min", min);
        metrics.put("episode_reward_max", max);
        metrics.put("episode_len_mean", length / latest.size());
        return metrics;
    }

    /** Returns the episodes as pairs of return and length, oldest first. */
    List<List<Double>> save() {
        List<List<Double>> episodes = new ArrayList<>();
        latest.forEach(episode -> episodes.add(List.of(episode[0], episode[1])));
        return episodes;
    }

    /** Replaces the episodes by saved ones. */
    void restore(List<double[]> episodes) {
        latest.clear();
        latest.addAll(episodes);
    }
}
