package org.rltune.ppo;

import java.util.List;
import org.rltune.random.Pcg64;

/**
 * Says which policy acts for an agent in an episode, RLlib's {@code policy_mapping_fn}. It is a function of its arguments
 * alone, so that an episode can be repeated. Register it: {@link PolicyMappings#register}.
 */
@FunctionalInterface
public interface PolicyMapping {
    /**
     * Names the policy; asked for every possible agent, in their order, when an episode begins.
     *
     * @throws IllegalArgumentException for an agent that it has no policy for
     */
    String policyFor(String agent, Episode episode);

    /**
     * An episode that begins.
     *
     * @param env number of the environment over all workers, from 0
     * @param number number of its episode, from 0
     * @param policies the names of all policies of the trainer, those that were added last
     * @param random a stream of this episode alone, the same one for all of its agents
     */
    record Episode(int env, long number, List<String> policies, Pcg64 random) {}
}
