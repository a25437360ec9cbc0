package org.rltune.tune;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * What a trainable is made from.
 *
 * @param trialId the trial's id, such as {@code t00003}
 * @param config all hyperparameters, constants included
 * @param seeds the trial's own random streams; the only source of randomness of a trainable
 * @param folder the trial's folder, for files of its own that are no part of its state; null where there is none
 */
public record TrialContext(
        String trialId,
        HyperParams config,
        Seeds seeds,
        @Nullable Path folder) {
    /** One without a folder. */
    public TrialContext(String trialId, HyperParams config, Seeds seeds) {
        this(trialId, config, seeds, null);
    }
}
