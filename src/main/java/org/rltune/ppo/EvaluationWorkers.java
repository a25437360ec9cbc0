package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.policy.PolicySession;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/**
 * Plays episodes for evaluation, in environments of its own that are kept from one evaluation to the next.
 *
 * <p>Episode {@code k} of the evaluation in iteration {@code i} begins with the seed {@code ("evaluation", i, k)}, and draws
 * its actions, if it draws any, from the stream {@code ("evaluation.actions", i, k)}; so who plays it, and beside what,
 * changes no bit. A duration in timesteps takes as many episodes, in the order of their numbers, as it needs to come to that
 * many steps; one that alone would be longer is given up and does not count.
 */
final class EvaluationWorkers implements AutoCloseable {
    private final String env;
    private final EvaluationSettings settings;
    private final Seeds seeds;
    private final List<Env<Object, Object>> envs = new ArrayList<>();

    /** What an episode came to. */
    private record Played(double episodeReturn, int length, boolean ended) {}

    @SuppressWarnings("unchecked") // the policy was made for the spaces of this environment
    EvaluationWorkers(String env, EvaluationSettings settings, Seeds seeds) {
        this.env = env;
        this.settings = settings;
        this.seeds = seeds;
        int count = settings.interval() > 0 ? settings.workers() : 0;
        for (int w = 0; w < count; w++) {
            EnvContext context = new EnvContext(settings.envConfig(), w, 0, settings.workers());
            envs.add((Env<Object, Object>) Envs.make(env, context));
        }
    }

    /**
     * Plays, with all idle threads of the pool that this runs in.
     *
     * @param iteration the iteration that the evaluation belongs to, for seeds
     * @param weightsOf the iteration after which the weights are as they are, for the report
     * @return metrics
     */
    Map<String, Object> play(Policy policy, long iteration, long weightsOf) {
        List<Played> played = new ArrayList<>();
        long steps = 0;
        boolean enough = false;
        while (!enough) {
            int wanted = settings.inTimesteps() ? envs.size() : settings.duration();
            for (Played episode : wave(policy, iteration, played.size(), wanted)) {
                if (!enough) {
                    played.add(episode);
                    steps += episode.length();
                    enough = settings.inTimesteps()
                            ? steps >= settings.duration()
                            : played.size() == settings.duration();
                }
            }
        }
        return metrics(played, steps, weightsOf);
    }

    /** Plays {@code count} episodes from number {@code first} on, each worker those that are its turn. */
    private List<Played> wave(Policy policy, long iteration, int first, int count) {
        Played[] played = new Played[count];
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int w = 0; w < Math.min(count, envs.size()); w++) {
            int worker = w;
            tasks.add(ForkJoinTask.adapt(() -> {
                for (int k = worker; k < count; k += envs.size()) {
                    played[k] = episode(envs.get(worker), policy, iteration, first + k);
                }
            }));
        }
        ForkJoinTask.invokeAll(tasks);
        return List.of(played);
    }

    private Played episode(Env<Object, Object> game, Policy policy, long iteration, long number) {
        Pcg64 random = seeds.stream("evaluation.actions", iteration, number);
        int limit = settings.inTimesteps() ? settings.duration() : Integer.MAX_VALUE;
        Object observation = game.reset(seeds.seed("evaluation", iteration, number), Map.of())
                .observation();
        PolicySession session = policy.session();
        double sum = 0;
        for (int length = 1; ; length++) {
            Object action = settings.explore() ? session.sample(observation, random) : session.act(observation);
            StepResult<Object> result = game.step(action);
            observation = result.observation();
            sum += result.reward();
            if (result.ended() || length == limit) {
                return new Played(sum, length, result.ended());
            }
        }
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

    @Override
    public void close() {
        envs.forEach(Env::close);
    }

    @Override
    public String toString() {
        return "EvaluationWorkers[" + env + ", " + settings + "]";
    }
}
