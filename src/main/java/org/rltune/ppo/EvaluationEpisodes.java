package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;

/**
 * The episodes of one evaluation, and what they came to.
 *
 * <p>A duration in timesteps takes as many episodes, in the order of their numbers, as it needs to come to that
 * many steps; one that alone would be longer is given up and does not count.
 *
 * @param played the episodes, by their numbers
 * @param metrics the report
 */
record EvaluationEpisodes(List<Played> played, Map<String, Object> metrics) {
    /**
     * What an episode came to.
     *
     * @param ended whether it came to its end within the duration
     * @param shares with several agents, what each of them earned
     */
    record Played(double episodeReturn, int length, boolean ended, List<AgentReturnWindow.Share> shares) {
        Played(double episodeReturn, int length, boolean ended) {
            this(episodeReturn, length, ended, List.of());
        }
    }

    /** Plays one episode; the number alone decides what happens in it. */
    interface Player {
        Played play(int worker, int number);
    }

    /**
     * Plays, with all idle threads of the pool that this runs in.
     *
     * @param weightsOf the iteration after which the weights are as they are, for the report
     */
    static EvaluationEpisodes play(EvaluationSettings settings, Player player, long weightsOf) {
        List<Played> played = new ArrayList<>();
        long steps = 0;
        boolean enough = false;
        while (!enough) {
            int wanted = settings.inTimesteps() ? settings.workers() : settings.duration();
            for (Played episode : wave(player, settings.workers(), played.size(), wanted)) {
                if (!enough) {
                    played.add(episode);
                    steps += episode.length();
                    enough = settings.inTimesteps()
                            ? steps >= settings.duration()
                            : played.size() == settings.duration();
                }
            }
        }
        return new EvaluationEpisodes(List.copyOf(played), metrics(played, steps, weightsOf));
    }

    /** Plays {@code count} episodes from number {@code first} on, each worker those that are its turn. */
    private static List<Played> wave(Player player, int workers, int first, int count) {
        Played[] played = new Played[count];
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int w = 0; w < Math.min(count, workers); w++) {
            int worker = w;
            tasks.add(ForkJoinTask.adapt(() -> {
                for (int k = worker; k < count; k += workers) {
                    played[k] = player.play(worker, first + k);
                }
            }));
        }
        ForkJoinTask.invokeAll(tasks);
        return List.of(played);
    }

    private static Map<String, Object> metrics(List<Played> played, long steps, long weightsOf) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        long length = 0;
        long ended = 0;
        for (Played episode : played) {
            if (episode.ended()) {
                sum += episode.episodeReturn();
                min = Math.min(min, episode.episodeReturn());
                max = Math.max(max, episode.episodeReturn());
                length += episode.length();
                ended++;
            }
        }
        if (ended == 0) {
            metrics.put("episode_reward_mean_absent", "no episode ended within evaluation_duration");
        } else {
            metrics.put("episode_reward_mean", sum / ended);
            metrics.put("episode_reward_min", min);
            metrics.put("episode_reward_max", max);
            metrics.put("episode_len_mean", (double) length / ended);
        }
        metrics.put("episodes", ended);
        metrics.put("timesteps", steps);
        metrics.put("training_iteration", weightsOf);
        return metrics;
    }
}
