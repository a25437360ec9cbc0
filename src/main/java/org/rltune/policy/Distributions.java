package org.rltune.policy;

import org.rltune.nn.ActionDistribution;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Which action distribution belongs to which action space, and which spaces a policy can handle. */
public final class Distributions {
    private Distributions() {}

    /**
     * Returns the distribution for a space: Categorical for {@code Discrete}, independent Gaussians for {@code Box}.
     */
    public static ActionDistribution of(Space<?> actionSpace) {
        if (actionSpace instanceof Discrete discrete) {
            return ActionDistribution.categorical(discrete.n());
        }
        return ActionDistribution.diagGaussian(((Box) actionSpace).size());
    }

    /**
     * Checks that a policy can handle both spaces.
     *
     * @throws IllegalArgumentException naming the environment, the space, and what is possible
     */
    public static void check(String env, Space<?> observationSpace, Space<?> actionSpace) {
        if (!observationSpace.isFlattenable()) {
            throw new IllegalArgumentException("PPO cannot handle the observation space " + observationSpace + " of '"
                    + env + "': it needs one whose values have a flat form of one size, such as a Box, a Discrete or a"
                    + " Dict of them.");
        }
        if (!(actionSpace instanceof Discrete) && !(actionSpace instanceof Box)) {
            throw new IllegalArgumentException("PPO cannot handle the action space " + actionSpace + " of '" + env
                    + "': it needs Discrete or Box.");
        }
    }
}
