package org.rltune.envs;

import org.rltune.check.Check;

/**
 * What makes a taxi ride uncertain.
 *
 * @param rainy whether a move may go to the side
 * @param ficklePassenger whether the passenger may change the destination, once, with the first move of the ride
 * @param rainyProbability probability that a move in the rain goes where it should; both sides share the rest
 * @param fickleProbability probability that a fickle passenger changes the destination
 */
public record TaxiRules(boolean rainy, boolean ficklePassenger, double rainyProbability, double fickleProbability) {
    /** No rain and a steady passenger. */
    public static final TaxiRules USUAL = new TaxiRules(false, false, 0.8, 0.3);

    /** Checks the probabilities. */
    public TaxiRules {
        Check.inClosed("rainy_probability", rainyProbability, 0, 1);
        Check.inClosed("fickle_probability", fickleProbability, 0, 1);
    }
}
