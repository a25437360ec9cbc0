package org.rltune.tune;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * What a {@link TrainableFunction} talks to: Ray Tune's {@code tune.report} and {@code tune.get_checkpoint}. Only the
 * thread that runs the function may use it.
 */
public interface Session {

    /**
     * Reports one iteration without a checkpoint, and waits until the trial may go on.
     *
     * @param metrics name to value, as in {@link Iteration#metrics}
     * @throws CancellationException if the trial goes on no more; let it pass
     */
    void report(Map<String, ?> metrics);

    /**
     * Reports one iteration with everything that is needed to go on from here, and waits until the trial may go on. A
     * trial can be copied by others, and get other hyperparameters, only where its newest report had a checkpoint.
     *
     * @param metrics name to value, as in {@link Iteration#metrics}
     * @param checkpoint weights, moments, the state of random generators: in a form of the function's own
     * @throws CancellationException if the trial goes on no more; let it pass
     */
    void report(Map<String, ?> metrics, byte[] checkpoint);

    /**
     * Returns the checkpoint to start from; empty for a trial that starts from nothing. A function that is given one must
     * ask for it before its first report, or the trial fails: it would silently start from nothing.
     */
    Optional<byte[]> checkpoint();

    /** Returns all hyperparameters in force, constants included. */
    HyperParams config();

    /** Returns the trial's id, such as {@code t00003}. */
    String trialId();

    /** Returns how many iterations the trial had reported itself before the one that trains now; copying keeps it. */
    int iteration();

    /**
     * Returns the trial's own random streams, the only source of randomness. Name the iteration, as in {@code
     * stream("noise", iteration())}, or keep the generator's state in the checkpoint: then a trial that is restored goes on
     * with the same numbers.
     */
    Seeds seeds();
}
