package org.rltune.experiments;

import java.util.Map;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.policy.PolicySession;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/** Lets a policy play whole episodes, as somebody who uses it would. */
public final class PolicyPlay {
    private PolicyPlay() {}

    /** Is told of each episode. */
    @FunctionalInterface
    public interface EpisodeListener {
        /** An episode has ended; episodes count from 0. */
        void onEpisode(int episode, double episodeReturn, int length);
    }

    /**
     * Plays episodes and returns their returns.
     *
     * @param config that of the trial: its {@code env} and {@code env_config}
     * @param seed of the episodes, each from a stream of its own
     */
    public static double[] returns(Policy policy, HyperParams config, int episodes, long seed) {
        return returns(policy, config, episodes, seed, (episode, episodeReturn, length) -> {});
    }

    /** Plays episodes as {@link #returns(Policy, HyperParams, int, long)} does and tells of each. */
    @SuppressWarnings("unchecked") // the policy was made for the spaces of this environment, or refuses what it gets
    public static double[] returns(
            Policy policy, HyperParams config, int episodes, long seed, EpisodeListener listener) {
        Map<String, Object> envConfig =
                config.contains("env_config") ? (Map<String, Object>) config.get("env_config") : Map.of();
        Seeds seeds = Seeds.of(seed);
        double[] returns = new double[episodes];
        try (Env<Object, Object> env = (Env<Object, Object>) Envs.make(config.getString("env"), envConfig)) {
            for (int episode = 0; episode < episodes; episode++) {
                Object observation = env.reset(seeds.seed("play", episode)).observation();
                PolicySession session = policy.session();
                int length = 0;
                boolean ended = false;
                while (!ended) {
                    StepResult<Object> step = env.step(session.act(observation));
                    observation = step.observation();
                    returns[episode] += step.reward();
                    length++;
                    ended = step.ended();
                }
                listener.onEpisode(episode, returns[episode], length);
            }
        }
        return returns;
    }
}
