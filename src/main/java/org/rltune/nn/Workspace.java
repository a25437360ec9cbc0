package org.rltune.nn;

import org.rltune.check.Check;

/**
 * What a network writes while it runs: outputs, gradients of the outputs, and the gradient of the parameters. A network
 * makes its own kind, with its activations in it, by {@link ActorCritic#workspace(int)}. Not shared between threads.
 *
 * <p>Outputs are column-major: column {@code j} of row {@code i} stands at {@code [j * capacity + i]}, so that the
 * distributions and the loss run over contiguous columns.
 */
public class Workspace {
    /** The most rows that one call may have, and the stride between columns. */
    public final int capacity;

    /** Inputs of the action distribution, written by forward; columns, length policyOutputs * capacity. */
    public final float[] policy;

    /** Estimated values, written by forward; length capacity. */
    public final float[] value;

    /** dLoss / dPolicy, read by backward; laid out as {@link #policy}. */
    public final float[] policyGradient;

    /** dLoss / dValue, read by backward; length capacity. */
    public final float[] valueGradient;

    /**
     * dLoss / dParameters, laid out as {@link ActorCritic#parameters()}. Backward adds to it; the caller clears it, and may
     * put another array of that length in its place.
     */
    public float[] gradient;

    /**
     * A number that the caller gives to the present parameters, so that copies of them can be kept: while it stays the same,
     * the caller promises that nobody writes the parameters. 0, as at first, promises nothing.
     */
    public long parametersVersion;

    /**
     * Makes the arrays that every network needs.
     *
     * @param capacity the most rows of one call, at least 1
     * @param policyOutputs columns of the policy output
     * @param parameters number of parameters
     */
    protected Workspace(int capacity, int policyOutputs, int parameters) {
        this.capacity = Check.positive("maxRows", capacity);
        policy = new float[policyOutputs * capacity];
        value = new float[capacity];
        policyGradient = new float[policyOutputs * capacity];
        valueGradient = new float[capacity];
        gradient = new float[parameters];
    }
}
