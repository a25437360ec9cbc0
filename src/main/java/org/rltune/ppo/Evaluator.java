package org.rltune.ppo;

import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.policy.PolicySession;
import org.rltune.random.Seeds;

/** Plays episodes with a policy's most probable actions. */
final class Evaluator {
    private Evaluator() {}

    @SuppressWarnings("unchecked") // the policy was made for the spaces of this environment
    static Evaluation play(PpoConfig config, Policy policy, Seeds seeds, int episodes) {
        Check.atLeast("episodes", episodes, 1);
        double[] returns = new double[episodes];
        int[] lengths = new int[episodes];
        EnvContext context = new EnvContext(config.envConfig(), 0, 0, config.numWorkers());
        try (Env<Object, Object> env = (Env<Object, Object>) Envs.make(config.env(), context)) {
            for (int episode = 0; episode < episodes; episode++) {
                Object observation =
                        env.reset(seeds.seed("evaluation", episode), Map.of()).observation();
                PolicySession session = policy.session();
                boolean ended = false;
                while (!ended) {
                    StepResult<Object> result = env.step(session.act(observation));
                    observation = result.observation();
                    returns[episode] += result.reward();
                    lengths[episode]++;
                    ended = result.ended();
                }
            }
        }
        return new Evaluation(returns, lengths);
    }
}
