package org.rltune.ppo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * changes no bit.
 */
final class EvaluationWorkers implements PeriodicEvaluation.Plays<Policy> {
    private final String env;
    private final EvaluationSettings settings;
    private final Seeds seeds;
    private final List<Env<Object, Object>> envs = new ArrayList<>();

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
    @Override
    public Map<String, Object> play(Policy policy, long iteration, long weightsOf) {
        return EvaluationEpisodes.play(
                        settings, (worker, number) -> episode(envs.get(worker), policy, iteration, number), weightsOf)
                .metrics();
    }

    private EvaluationEpisodes.Played episode(Env<Object, Object> game, Policy policy, long iteration, long number) {
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
                return new EvaluationEpisodes.Played(sum, length, result.ended());
            }
        }
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
