package org.rltune.nn;

import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * A distribution over actions, given by the policy output of a network. Stateless. What it draws is kept in a
 * {@code RolloutBatch}.
 *
 * <p>Inputs are columns: input {@code j} of row {@code i} stands at {@code inputs[j * stride + i]}. Actions are columns
 * of the same stride in {@link #evaluate} and {@link #gradient}, and rows where they are made ({@link #sample},
 * {@link #mode}). Nothing is allocated. Log-probabilities, entropies, KL divergences, and the exponential of any
 * difference of log-probabilities taken by {@link Kernels#exp}, are finite for all finite inputs and actions.
 */
public sealed interface ActionDistribution permits Categorical, DiagGaussian {
    /** One of {@code n} actions, given by {@code n} logits. An action is its index, as a float. */
    static ActionDistribution categorical(int n) {
        return new Categorical(n);
    }

    /** Independent normal variables, given by {@code actionSize} means and then {@code actionSize} log std. */
    static ActionDistribution diagGaussian(int actionSize) {
        return new DiagGaussian(actionSize);
    }

    /** Columns of the network's policy output. */
    int inputs();

    /** Floats of one action. */
    int actionSize();

    /** New temporary memory for {@link #evaluate}, {@link #kl} and {@link #gradient} of at most {@code maxRows} rows. */
    Scratch scratch(int maxRows);

    /**
     * Draws actions and their log-probabilities, the same bits that {@link #evaluate} gives. Row {@code i} draws from
     * {@code random[i]} only: one {@code nextDouble} (Categorical) or {@code actionSize} standard normals (DiagGaussian).
     *
     * @param actions row-major: action {@code j} of row {@code i} goes to {@code actionOffset + i * actionSize + j}
     * @param logProb row {@code i} goes to {@code logProbOffset + i}
     */
    void sample(
            float[] inputs,
            int stride,
            int rows,
            Pcg64[] random,
            float[] actions,
            int actionOffset,
            float[] logProb,
            int logProbOffset);

    /** Writes the most probable action of each row, row-major: the largest logit (the first of equals), or the means. */
    void mode(float[] inputs, int stride, int rows, float[] actions, int actionOffset);

    /**
     * Computes the log-probability (natural log; a density for continuous actions) of given actions, and the entropy in
     * nats.
     *
     * @param actions columns: action {@code j} of row {@code i} at {@code j * stride + i}
     * @param logProb gets {@code rows} values from index 0
     * @param entropy gets {@code rows} values from index 0
     */
    void evaluate(
            Kernels k,
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            float[] actions,
            float[] logProb,
            float[] entropy);

    /** Computes KL(old || new) of each row, in nats, in closed form; {@code kl} gets {@code rows} values from index 0. */
    void kl(Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int rows, float[] kl);

    /**
     * Writes the gradient of {@code sum(dLogProb[i] * logProb[i] + entropyScale * entropy[i] + klScale * kl[i])} with
     * respect to {@code inputs}. Floors and clamps of unlikely actions pass the gradient on; a log std outside its
     * bounds gets none.
     *
     * @param dLogProb one factor per row, from index 0
     * @param oldInputs inputs of the old distribution of KL(old || inputs), stride {@code stride}; may be null when
     *     {@code klScale} is 0
     * @param dInputs columns, stride {@code stride}; overwritten in its first {@code rows} rows
     */
    void gradient(
            Kernels k,
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            float[] actions,
            float[] dLogProb,
            float entropyScale,
            float @Nullable [] oldInputs,
            float klScale,
            float[] dInputs);
}
