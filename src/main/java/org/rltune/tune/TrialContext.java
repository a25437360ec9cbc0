package org.rltune.tune;

import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * What a trainable is made from.
 *
 * @param trialId the trial's id, such as {@code t00003}
 * @param config all hyperparameters, constants included
 * @param seeds the trial's own random streams; the only source of randomness of a trainable
 */
public record TrialContext(String trialId, HyperParams config, Seeds seeds) {}
