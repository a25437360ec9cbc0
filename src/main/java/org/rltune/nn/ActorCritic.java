package org.rltune.nn;

import java.util.Map;

/**
 * A network with two outputs: the inputs of an {@link ActionDistribution}, and the value of the state.
 *
 * <p>Inputs are row-major ({@code observations[offset + i * observationSize + j]}); outputs are columns, see
 * {@link Workspace}. The output of a row depends on that row and the parameters only: bit for bit on our own kernels, however
 * many rows one call has; on other frameworks the same call gives the same bits, but another number of rows may change the
 * last bits of a row, and cutting a batch into other calls those of the gradient. The network itself holds the parameters and nothing else that changes, so several threads may run it at
 * once, each with its own workspace, as long as nobody writes the parameters.
 *
 * <p>A network with memory (an LSTM) is a function as well: each row of its input ends with the state that the episode has
 * come to, {@link #stateSize} numbers that are 0 where an episode begins, and a flag that is not 0 where a sequence begins.
 * {@link #observationSize} counts them. Forward writes the state that follows, see {@link Workspace#state}; whether the
 * rows of a call are steps of sequences is told by {@link Workspace#sequences}.
 */
public interface ActorCritic {
    /** Elements of one row of input: the observation, and after it what a network with memory needs. */
    int observationSize();

    /** Numbers of the state that is carried from one step of an episode to the next; 0 for a network without memory. */
    default int stateSize() {
        return 0;
    }

    /** Elements at the end of a row of input that are no observation: the state and the flag, or none without memory. */
    default int memorySize() {
        return stateSize() == 0 ? 0 : stateSize() + 1;
    }

    /** Columns of {@link Workspace#policy}. */
    int policyOutputs();

    /**
     * Rows of one forward and backward in training, at most: 64, the activations of which stay in a core's cache, unless a
     * network works better on more at once.
     */
    default int rowsPerCall() {
        return 64;
    }

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

    /**
     * As {@link #forward}, but {@link Workspace#value} need not be computed, and no backward may follow; the state that
     * follows is written.
     */
    default void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        forward(w, observations, offset, rows);
    }

    /**
     * Adds dLoss / dParameters of these rows to {@link Workspace#gradient}, or begins it with them if
     * {@link Workspace#beginsGradient}, given {@link Workspace#policyGradient} and {@link Workspace#valueGradient}. Without
     * memory rows add up in ascending order on our own kernels, so cutting a batch into several calls does not change a bit;
     * with memory no gradient flows over the border of two calls.
     *
     * @throws IllegalStateException if the last forward of {@code w} had another number of rows
     */
    void backward(Workspace w, float[] observations, int offset, int rows);

    /** What is needed to build the same network again, as JSON values; for checkpoints. */
    Map<String, Object> describe();
}
