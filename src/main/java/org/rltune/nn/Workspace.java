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
     * dLoss / dParameters, laid out as {@link ActorCritic#parameters()}. Backward adds to it, or begins it if
     * {@link #beginsGradient}; the caller may put another array of that length in its place.
     */
    public float[] gradient;

    /**
     * Whether the next backward begins the gradient: what the array holds counts as 0, so that nobody has to clear it. Set by
     * the caller before each backward; false, as at first: it adds.
     */
    public boolean beginsGradient;

    /**
     * A number that the caller gives to the present parameters, so that copies of them can be kept: while it stays the same,
     * the caller promises that nobody writes the parameters. 0, as at first, promises nothing.
     */
    public long parametersVersion;

    /** The caller promises that no backward follows a forward, so that nothing needs to be kept for it. False at first. */
    public boolean forwardOnly;

    /**
     * The state after each row, written by forward where {@link #sequences} is false; row-major, {@code [i * stateSize + k]};
     * empty for a network without memory.
     */
    public final float[] state;

    /**
     * Whether the rows of a call are steps of sequences, one after the other: a row whose flag is 0 goes on from the row
     * before it and its own state is not read; the first row of a call always begins with its own. False, as at first: each
     * row begins with its own state. Set by the caller before forward; nothing to a network without memory.
     */
    public boolean sequences;

    /**
     * Makes the arrays that every network without memory needs.
     *
     * @param capacity the most rows of one call, at least 1
     * @param policyOutputs columns of the policy output
     * @param parameters number of parameters
     */
    protected Workspace(int capacity, int policyOutputs, int parameters) {
        this(capacity, policyOutputs, parameters, new float[0]);
    }

    /**
     * As {@link #Workspace(int, int, int)}, for a network with memory.
     *
     * @param state gets the states after each row, length stateSize * capacity
     */
    protected Workspace(int capacity, int policyOutputs, int parameters, float[] state) {
        this.state = state;
        this.capacity = Check.positive("maxRows", capacity);
        policy = new float[policyOutputs * capacity];
        value = new float[capacity];
        policyGradient = new float[policyOutputs * capacity];
        valueGradient = new float[capacity];
        gradient = new float[parameters];
    }
}
