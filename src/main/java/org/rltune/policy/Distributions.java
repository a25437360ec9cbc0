package org.rltune.policy;

import java.util.ArrayList;
import java.util.List;
import org.rltune.nn.ActionDistribution;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/** Which action distribution belongs to which action space, and which spaces a policy can handle. */
public final class Distributions {
    private Distributions() {}

    /** As {@link #of(Space, BoxDistribution)}, Gaussians for boxes. */
    public static ActionDistribution of(Space<?> actionSpace) {
        return of(actionSpace, BoxDistribution.DIAG_GAUSSIAN);
    }

    /**
     * Returns the distribution for a space: Categorical for {@code Discrete}, one for each element of a {@code MultiDiscrete}
     * and (with two choices) of a {@code MultiBinary}, the given one for {@code Box}, and the product of their parts' for
     * {@code Tuple} and {@code Dict}.
     */
    public static ActionDistribution of(Space<?> actionSpace, BoxDistribution boxes) {
        List<ActionDistribution> parts = new ArrayList<>();
        add(actionSpace, boxes, parts);
        return ActionDistribution.product(parts);
    }

    private static void add(Space<?> space, BoxDistribution boxes, List<ActionDistribution> parts) {
        if (space instanceof Box box) {
            parts.add(
                    switch (boxes) {
                        case DIAG_GAUSSIAN -> ActionDistribution.diagGaussian(box.size());
                        case SQUASHED_GAUSSIAN -> ActionDistribution.squashedGaussian(box.size());
                        case BETA -> ActionDistribution.beta(box.size());
                    });
        } else if (space instanceof Tuple tuple) {
            tuple.spaces().forEach(part -> add(part, boxes, parts));
        } else if (space instanceof Dict dict) {
            dict.spaces().values().forEach(part -> add(part, boxes, parts));
        } else {
            for (int n : ActionScaling.choices(space)) {
                parts.add(ActionDistribution.categorical(n));
            }
        }
    }

    /** As {@link #check(String, Space, Space, BoxDistribution)}, Gaussians for boxes. */
    public static void check(String env, Space<?> observationSpace, Space<?> actionSpace) {
        check(env, observationSpace, actionSpace, BoxDistribution.DIAG_GAUSSIAN);
    }

    /**
     * Checks that a policy can handle both spaces.
     *
     * @throws IllegalArgumentException naming the environment, the space, and what is possible
     */
    public static void check(String env, Space<?> observationSpace, Space<?> actionSpace, BoxDistribution boxes) {
        if (!observationSpace.isFlattenable()) {
            throw new IllegalArgumentException("PPO cannot handle the observation space " + observationSpace + " of '"
                    + env + "': it needs one whose values have a flat form of one size, such as a Box, a Discrete or a"
                    + " Dict of them.");
        }
        checkAction(env, actionSpace, actionSpace, boxes);
        try {
            new Preprocessor(observationSpace, actionSpace);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("PPO cannot train on '" + env + "': " + e.getMessage(), e);
        }
    }

    private static void checkAction(String env, Space<?> whole, Space<?> space, BoxDistribution boxes) {
        if (space instanceof Tuple tuple && !tuple.spaces().isEmpty()) {
            tuple.spaces().forEach(part -> checkAction(env, whole, part, boxes));
        } else if (space instanceof Dict dict && !dict.spaces().isEmpty()) {
            dict.spaces().values().forEach(part -> checkAction(env, whole, part, boxes));
        } else if (space instanceof Box box) {
            for (int j = 0; j < box.size() && boxes != BoxDistribution.DIAG_GAUSSIAN; j++) {
                if (!box.bounded(j)) {
                    throw new IllegalArgumentException("action_dist is " + boxes.key()
                            + ", which needs two finite bounds,"
                            + " but element " + j + " of the action space " + box + " of '" + env + "' lies in ["
                            + box.low(j) + ", " + box.high(j)
                            + "]. Declare bounds, or set action_dist to DiagGaussian.");
                }
            }
        } else if (!(space instanceof Discrete || space instanceof MultiDiscrete || space instanceof MultiBinary)) {
            throw new IllegalArgumentException("PPO cannot handle the action space " + whole + " of '" + env
                    + "': it needs Discrete, MultiDiscrete, MultiBinary, Box, or a Tuple or Dict of them, but there is "
                    + space + ".");
        }
    }
}
