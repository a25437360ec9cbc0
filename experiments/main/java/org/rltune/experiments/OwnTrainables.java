package org.rltune.experiments;

import org.rltune.tune.Trainables;

/** The trainables that the experiment files of this repository name, besides {@code PPO}. */
final class OwnTrainables {
    private OwnTrainables() {}

    /** Makes them known; more than once does no harm. */
    static void register() {
        Trainables.register(DigitClassifier.SPEC);
    }
}
