package org.rltune.ppo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rltune.check.Check;
import org.rltune.env.AgentEpisodes;
import org.rltune.env.EnvContext;
import org.rltune.env.FlatActions;
import org.rltune.env.MultiAgentEnvSpec;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/**
 * Plays episodes of several agents for evaluation, as {@link EvaluationWorkers} does with one, in environments of its own.
 * The mapping is asked as in environment 0 of the training.
 */
final class MultiAgentEvaluator implements PeriodicEvaluation.Plays<Map<String, Policy>> {
    private final EvaluationSettings settings;
    private final Seeds seeds;
    private final Cast cast;
    private final List<AgentEpisodes> envs = new ArrayList<>();

    /** Names the policies of the agents in an episode. */
    interface Cast {
        List<String> of(int episode);
    }

    MultiAgentEvaluator(String env, EvaluationSettings settings, Seeds seeds, Cast cast) {
        this.settings = settings;
        this.seeds = seeds;
        this.cast = cast;
        MultiAgentEnvSpec spec = MultiAgentEnvs.spec(env);
        int count = settings.interval() > 0 ? settings.workers() : 0;
        for (int w = 0; w < count; w++) {
            EnvContext context = new EnvContext(settings.envConfig(), w, 0, settings.workers());
            envs.add(episodes(spec, context, seeds));
        }
    }

    private static AgentEpisodes episodes(MultiAgentEnvSpec spec, EnvContext context, Seeds seeds) {
        return new AgentEpisodes(
                spec.id(),
                context.workerIndex(),
                0,
                MultiAgentEnvs.make(spec, context),
                spec.maxEpisodeSteps().orElse(0),
                seeds.series("evaluation"));
    }

    @Override
    public Map<String, Object> play(Map<String, Policy> policies, long iteration, long weightsOf) {
        EvaluationEpisodes all = EvaluationEpisodes.play(
                settings,
                (worker, number) -> {
                    AgentEpisodes env = envs.get(worker);
                    Pcg64[] random = settings.explore() ? streams(env, iteration, number) : new Pcg64[0];
                    env.begin(number, seeds.seed("evaluation", iteration, number));
                    return episode(env, policies, cast.of(number), random);
                },
                weightsOf);
        AgentReturnWindow returns = new AgentReturnWindow();
        returns.restore(all.played().stream()
                .filter(EvaluationEpisodes.Played::ended)
                .map(EvaluationEpisodes.Played::shares)
                .toList());
        Map<String, Object> metrics = new LinkedHashMap<>(all.metrics());
        metrics.putAll(returns.metrics(List.copyOf(policies.keySet())));
        return metrics;
    }

    private Pcg64[] streams(AgentEpisodes env, long iteration, int number) {
        Pcg64[] streams = new Pcg64[env.agents().size()];
        for (int a = 0; a < streams.length; a++) {
            streams[a] = seeds.stream("evaluation.actions", iteration, number, a);
        }
        return streams;
    }

    /** Plays an episode that has begun; with the most probable actions where there is no stream to draw from. */
    private EvaluationEpisodes.Played episode(
            AgentEpisodes env, Map<String, Policy> policies, List<String> names, Pcg64[] random) {
        int limit = settings.inTimesteps() ? settings.duration() : Integer.MAX_VALUE;
        int agents = names.size();
        float[][] flat = new float[agents][];
        while (!env.over() && env.steps() < limit) {
            for (int a = 0; a < agents; a++) {
                if (env.acts(a)) {
                    Policy policy = Objects.requireNonNull(policies.get(names.get(a)));
                    Object seen = env.observationSpace(a).unflatten(env.observation(a), 0);
                    Object action = random.length > 0 ? policy.sample(seen, random[a]) : policy.act(seen);
                    flat[a] = new float[env.actionSize(a)];
                    FlatActions.of(env.actionSpace(a)).encode(action, flat[a], 0);
                }
            }
            env.step(flat);
        }
        List<AgentReturnWindow.Share> shares = new ArrayList<>();
        for (int a = 0; a < agents; a++) {
            shares.add(new AgentReturnWindow.Share(names.get(a), env.agentReturn(a)));
        }
        return new EvaluationEpisodes.Played(env.episodeReturn(), env.steps(), env.over(), shares);
    }

    /** Plays so many episodes with the most probable actions; episode {@code k} begins with the seed ("evaluation", k). */
    static Evaluation play(PpoConfig config, Seeds seeds, int episodes, Cast cast, Map<String, Policy> policies) {
        Check.atLeast("episodes", episodes, 1);
        double[] returns = new double[episodes];
        int[] lengths = new int[episodes];
        EnvContext context = new EnvContext(config.envConfig(), 0, 0, config.numWorkers());
        EvaluationSettings settings =
                EvaluationSettings.of(config.evaluationInterval(0).evaluationDurationUnit("episodes"));
        try (MultiAgentEvaluator evaluator = new MultiAgentEvaluator(config.env(), settings, seeds, cast);
                AgentEpisodes env = episodes(MultiAgentEnvs.spec(config.env()), context, seeds)) {
            for (int episode = 0; episode < episodes; episode++) {
                env.begin(episode);
                EvaluationEpisodes.Played played = evaluator.episode(env, policies, cast.of(episode), new Pcg64[0]);
                returns[episode] = played.episodeReturn();
                lengths[episode] = played.length();
            }
        }
        return new Evaluation(returns, lengths);
    }

    @Override
    public void close() {
        envs.forEach(AgentEpisodes::close);
    }
}
