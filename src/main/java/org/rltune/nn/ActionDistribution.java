package org.rltune.nn;

import java.util.List;
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
public sealed interface ActionDistribution permits Categorical, DiagGaussian, SquashedGaussian, Beta, Product {
    /** One of {@code n} actions, given by {@code n} logits. An action is its index, as a float. */
    static ActionDistribution categorical(int n) {
        return new Categorical(n);
    }

    /** Independent normal variables, given by {@code actionSize} means and then {@code actionSize} log std. */
    static ActionDistribution diagGaussian(int actionSize) {
        return new DiagGaussian(actionSize);
    }

    /** Variables that are the hyperbolic tangents of normal ones, given as for {@link #diagGaussian}. */
    static ActionDistribution squashedGaussian(int actionSize) {
        return new SquashedGaussian(actionSize);
    }

    /** Independent Beta variables, given by {@code actionSize} numbers for alpha and then as many for beta. */
    static ActionDistribution beta(int actionSize) {
        return new Beta(actionSize);
    }

    /** Independent parts, whose actions follow one another; the part itself if it is the only one. */
    static ActionDistribution product(List<ActionDistribution> parts) {
        return parts.size() == 1 ? parts.get(0) : new Product(parts);
    }

    /** Columns of the network's policy output. */
    int inputs();

    /** How many of the inputs, the last ones, are log standard deviations, which may be the same for all states. */
    default int logStds() {
        return 0;
    }

    /** Floats of one action. */
    int actionSize();

    /** New temporary memory for calls of at most {@code maxRows} rows and columns at most that far apart. */
    Scratch scratch(int maxRows);

    /**
     * Draws actions and their log-probabilities, the same bits that {@link #evaluate} gives. Row {@code i} draws from
     * {@code random[i]} only: one {@code nextDouble} (Categorical), {@code actionSize} standard normals (Gaussians), or as many
     * numbers as it takes (Beta).
     *
     * @param actions row-major: action {@code j} of row {@code i} goes to {@code actionOffset + i * actionSize + j}
     * @param logProb row {@code i} goes to {@code logProbOffset + i}
     */
    void sample(
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            Pcg64[] random,
            float[] actions,
            int actionOffset,
            float[] logProb,
            int logProbOffset);

    /**
     * Writes the most probable action of each row, row-major: the largest logit (the first of equals), the means (also of a
     * squashed Gaussian, as RLlib does, where they are the medians), or the peak of a Beta variable.
     */
    void mode(Scratch s, float[] inputs, int stride, int rows, float[] actions, int actionOffset);

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
