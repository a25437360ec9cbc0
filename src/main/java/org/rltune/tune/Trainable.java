package org.rltune.tune;

import java.util.Map;
import org.rltune.tune.space.HyperParams;

/**
 * Something that is trained one iteration at a time and can be saved, restored and given other hyperparameters.
 *
 * <p>A trainable is a function of its context, its hyperparameters and what was restored into it: the same calls give
 * the same results, bit for bit, on any number of threads (DESIGN.md, laws 1 and 2). It is used by one thread at a
 * time, not always the same one.
 */
public interface Trainable extends AutoCloseable {

    /**
     * Runs one training iteration.
     *
     * @return its metrics and the hyperparameters that were in force while it ran
     */
    Iteration train();

    /**
     * Returns everything that is needed to go on from here, as named files.
     *
     * @return file name to content; deterministic: it holds no time stamps, host names or other traces of this process
     */
    Map<String, byte[]> save();

    /**
     * Goes on exactly where {@link #save()} stood, as if nothing had happened in between.
     *
     * @throws IllegalArgumentException if the files are damaged or belong to something else
     */
    void restore(Map<String, byte[]> files);

    /**
     * Takes over what another trial has learned (weights, optimiser moments, lineage counters), while its own identity,
     * its own random streams and its own counters go on. Population based training calls this after an exploit.
     *
     * @throws IllegalArgumentException if the files are damaged or belong to something else
     */
    void adopt(Map<String, byte[]> donorFiles);

    /**
     * Puts other hyperparameters in force, from the next iteration on. Only the values that differ may change anything.
     *
     * @param config the complete set, constants included
     * @throws IllegalArgumentException if a value is outside what the trainable accepts or cannot change any more
     */
    void configure(HyperParams config);

    /**
     * Starts over for another trial, if that is cheaper than to make a new trainable: afterwards it must be as one that was
     * just made from the context. Called on the trainable of a trial that has ended in order. (Ray Tune's
     * {@code reset_config}.)
     *
     * @return whether it was reset; if not, it is closed, a new one is made, and no other of the run is asked
     */
    default boolean reset(TrialContext context) {
        return false;
    }

    /** Frees what the trainable holds. */
    @Override
    void close();
}
