package org.rltune.tune;

import java.util.Map;
import org.rltune.tune.space.HyperParams;

/** What a scheduler wants done with one trial, and why. Every decision is logged and counts in the digest. */
public sealed interface Decision {
    /** Returns the id of the trial that the decision is about. */
    String trialId();

    /** Returns why, with the numbers on which it rests. */
    String reason();

    /** The trial goes on. */
    record Continue(String trialId, String reason) implements Decision {}

    /** The trial waits, with its state kept in memory, until a later decision. */
    record Pause(String trialId, String reason) implements Decision {}

    /** The trial ends. */
    record Stop(String trialId, String reason) implements Decision {}

    /**
     * The trial takes over the donor's checkpoint and goes on with explored hyperparameters.
     *
     * @param donor the checkpoint that earned the donor its score
     * @param donorConfig the donor's hyperparameters, from which {@code explored} was made
     * @param explored the complete new hyperparameters
     * @param changes by name what was done, such as {@code "3.0E-4 --- (* 1.2) --> 3.6E-4"}
     */
    record Exploit(
            String trialId,
            Checkpoint donor,
            HyperParams donorConfig,
            HyperParams explored,
            Map<String, String> changes,
            String reason)
            implements Decision {}

    /**
     * The trial goes on with its own weights and other hyperparameters.
     *
     * @param config the complete new hyperparameters
     * @param changes by name what was done, such as {@code "3.0E-4 --> 3.6E-4"}
     */
    record Configure(String trialId, HyperParams config, Map<String, String> changes, String reason)
            implements Decision {}
}
