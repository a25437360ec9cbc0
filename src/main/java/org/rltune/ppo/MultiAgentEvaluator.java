package org.rltune.ppo;

import org.rltune.check.Check;
import org.rltune.env.AgentEpisodes;
import org.rltune.env.EnvContext;
import org.rltune.env.FlatActions;
import org.rltune.env.MultiAgentEnvSpec;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.policy.Policy;
import org.rltune.random.Seeds;

/** Plays episodes of several agents with their policies' most probable actions. */
final class MultiAgentEvaluator {
    private MultiAgentEvaluator() {}

    /** Says which policy acts for an agent in an episode. */
    interface Cast {
        Policy of(int episode, int agent);
    }

    static Evaluation play(PpoConfig config, Seeds seeds, int episodes, Cast cast) {
        Check.atLeast("episodes", episodes, 1);
        double[] returns = new double[episodes];
        int[] lengths = new int[episodes];
        MultiAgentEnvSpec spec = MultiAgentEnvs.spec(config.env());
        EnvContext context = new EnvContext(config.envConfig(), 0, 0, config.numWorkers());
        int limit = spec.maxEpisodeSteps().orElse(0);
        try (AgentEpisodes env = new AgentEpisodes(
                spec.id(), 0, 0, MultiAgentEnvs.make(spec, context), limit, seeds.series("evaluation"))) {
            int agents = env.agents().size();
            float[][] flat = new float[agents][];
            for (int episode = 0; episode < episodes; episode++) {
                env.begin(episode);
                while (!env.over()) {
                    for (int a = 0; a < agents; a++) {
                        if (env.acts(a)) {
                            flat[a] = action(cast.of(episode, a), env, a);
                        }
                    }
                    env.step(flat);
                }
                returns[episode] = env.episodeReturn();
                lengths[episode] = env.steps();
            }
        }
        return new Evaluation(returns, lengths);
    }

    private static float[] action(Policy policy, AgentEpisodes env, int agent) {
        Object observation = env.observationSpace(agent).unflatten(env.observation(agent), 0);
        float[] flat = new float[env.actionSize(agent)];
        FlatActions.of(env.actionSpace(agent)).encode(policy.act(observation), flat, 0);
        return flat;
    }
}
