package org.rltune.tune;

import org.rltune.tune.space.HyperParams;

/** A training loop of one's own, which reports from within; see {@link Trainables#function}. */
@FunctionalInterface
public interface TrainableFunction {

    /**
     * Trains from the session's checkpoint, or from nothing if there is none, and reports after every iteration. Returns
     * when it is finished, which ends the trial.
     *
     * <p>Called again, from the newest checkpoint, whenever the trial took over another one's checkpoint or got other
     * hyperparameters, and when it is restored from files.
     *
     * @param config all hyperparameters in force, constants included
     * @throws Exception anything; it fails the trial
     */
    void train(HyperParams config, Session session) throws Exception;
}
