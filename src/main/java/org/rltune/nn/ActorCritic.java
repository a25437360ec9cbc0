package org.rltune.nn;

import java.util.Map;

/**
 * A network with two outputs: the inputs of an {@link ActionDistribution}, and the value of the state.
 *
 * <p>Inputs are row-major ({@code observations[offset + i * observationSize + j]}); outputs are columns, see
 * {@link Workspace}. The output of a row depends on that row and the parameters only, bit for bit, however many rows one
 * call has. The network itself holds the parameters and nothing else that changes, so several threads may run it at
 * once, each with its own workspace, as long as nobody writes the parameters.
 */
public interface ActorCritic {
    /** Elements of one observation. */
    int observationSize();

    /** Columns of {@link Workspace#policy}. */
    int policyOutputs();

    /** All parameters, flat and live: writing into the array changes the network. */
    float[] parameters();

    /** New working memory for calls of at most {@code maxRows} rows. */
    Workspace workspace(int maxRows);

    /**
     * Computes {@link Workspace#policy} and {@link Workspace#value}.
     *
     * @param observations row-major, finite; read from {@code offset} on
     * @param rows from 1 to the capacity of {@code w}
     */
    void forward(Workspace w, float[] observations, int offset, int rows);

    /** As {@link #forward}, but {@link Workspace#value} need not be computed, and no backward may follow. */
    default void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        forward(w, observations, offset, rows);
    }

    /**
     * Adds dLoss / dParameters of these rows to {@link Workspace#gradient}, given {@link Workspace#policyGradient} and
     * {@link Workspace#valueGradient}. Rows add up in ascending order, so cutting a batch into several calls does not
     * change a bit.
     *
     * @throws IllegalStateException if the last forward of {@code w} had another number of rows
     */
    void backward(Workspace w, float[] observations, int offset, int rows);

    /** What is needed to build the same network again, as JSON values; for checkpoints. */
    Map<String, Object> describe();
}
