package org.rltune.policy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The distributions that continuous actions may be drawn from, by RLlib's names. */
public enum BoxDistribution {
    /** Independent normal variables, normalised or clipped to the bounds afterwards. */
    DIAG_GAUSSIAN("DiagGaussian"),
    /** The hyperbolic tangent of normal variables, mapped from [-1, 1] onto the bounds. */
    SQUASHED_GAUSSIAN("SquashedGaussian"),
    /** Beta variables, mapped from [0, 1] onto the bounds (Chou et al. 2017). */
    BETA("Beta");

    private final String key;

    BoxDistribution(String key) {
        this.key = key;
    }

    /** Returns the name in settings and files. */
    public String key() {
        return key;
    }

    /**
     * Returns the distribution of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BoxDistribution parse(String key) {
        for (BoxDistribution distribution : values()) {
            if (distribution.key.equals(key)) {
                return distribution;
            }
        }
        throw new IllegalArgumentException("action_dist is '" + key + "', but must be one of "
                + Arrays.stream(values()).map(BoxDistribution::key).collect(Collectors.joining(", "))
                + ". The default is DiagGaussian.");
    }
}
