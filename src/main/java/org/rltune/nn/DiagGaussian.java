package org.rltune.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/**
 * Independent normal variables. Inputs: {@code actionSize} columns of means, then as many of log standard deviations.
 *
 * <p>A log std counts as {@value #LOG_STD_LIMIT} at most in magnitude (RLlib's {@code log_std_clip_param}), and a
 * distance from a mean as {@value #DISTANCE_LIMIT} standard deviations at most, so log-probabilities, ratios and
 * divergences stay finite.
 *
 * @param actionSize number of variables, at least 1
 */
public record DiagGaussian(int actionSize) implements ActionDistribution {
    /** Greatest magnitude of a log standard deviation. */
    public static final float LOG_STD_LIMIT = 20f;

    /** Greatest distance from the mean in standard deviations. */
    public static final float DISTANCE_LIMIT = 1e15f;

    /** ln(2 pi) / 2. */
    private static final float HALF_LOG_TWO_PI = 0.918938533204672742f;

    /** ln(2 pi e) / 2: the entropy of a standard normal variable. */
    private static final float STANDARD_ENTROPY = 1.418938533204672742f;

    // Columns of the scratch memory.
    private static final int LOG_STD = 0;
    private static final int INVERSE_STD = 1;
    private static final int DISTANCE = 2;
    private static final int TERM = 3;
    private static final int OLD_LOG_STD = 4;
    private static final int SQUARES = 5;
    private static final int ZERO = 6;
    private static final int COLUMNS = 7;

    /** Checks the number of variables. */
    public DiagGaussian {
        Check.positive("action size", actionSize);
    }

    @Override
    public int inputs() {
        return 2 * actionSize;
    }

    @Override
    public int logStds() {
        return actionSize;
    }

    @Override
    public Scratch scratch(int maxRows) {
        return new Scratch(COLUMNS, maxRows);
    }

    @Override
    public void sample(
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            Pcg64[] random,
            float[] actions,
            int actionOffset,
            float[] logProb,
            int logProbOffset) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < actionSize; j++) {
                float logStd = clamp(inputs[(actionSize + j) * stride + i], LOG_STD_LIMIT);
                float noise = (float) random[i].standardNormal();
                actions[actionOffset + i * actionSize + j] =
                        Math.fma(Approximations.exp(logStd), noise, inputs[j * stride + i]);
            }
            logProb[logProbOffset + i] = logProb(inputs, stride, i, actions, actionOffset + i * actionSize);
        }
    }

    /** Returns the log-probability of row {@code row}, the same bits as {@link #evaluate}; its action lies at {@code at}. */
    public float logProb(float[] inputs, int stride, int row, float[] actions, int at) {
        float sum = 0f;
        for (int j = 0; j < actionSize; j++) {
            float logStd = clamp(inputs[(actionSize + j) * stride + row], LOG_STD_LIMIT);
            float distance =
                    clamp((actions[at + j] - inputs[j * stride + row]) * Approximations.exp(-logStd), DISTANCE_LIMIT);
            sum = Math.fma(-0.5f, distance * distance, sum) - logStd;
        }
        return Math.fma(1f, sum, -actionSize * HALF_LOG_TWO_PI);
    }

    private static float clamp(float x, float limit) {
        return Math.max(-limit, Math.min(limit, x));
    }

    @Override
    public void mode(Scratch s, float[] inputs, int stride, int rows, float[] actions, int actionOffset) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < actionSize; j++) {
                actions[actionOffset + i * actionSize + j] = inputs[j * stride + i];
            }
        }
    }

    @Override
    public void evaluate(
            Kernels k,
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            float[] actions,
            float[] logProb,
            float[] entropy) {
        float[] logStd = s.column(LOG_STD);
        float[] term = s.column(TERM);
        Arrays.fill(logProb, 0, rows, 0f);
        Arrays.fill(entropy, 0, rows, actionSize * STANDARD_ENTROPY);
        for (int j = 0; j < actionSize; j++) {
            distances(k, s, actions, j * stride, inputs, stride, j, rows);
            k.multiply(rows, s.column(DISTANCE), 0, s.column(DISTANCE), 0, term, 0);
            k.addScaled(rows, -0.5f, term, 0, logProb, 0);
            k.subtract(rows, logProb, 0, logStd, 0, logProb, 0);
            k.add(rows, entropy, 0, logStd, 0, entropy, 0);
        }
        k.affine(rows, 1f, -actionSize * HALF_LOG_TWO_PI, logProb, 0, logProb, 0);
    }

    /** KL of two normals: ((varOld + (meanOld - mean)^2) / var - 1) / 2 + logStd - logStdOld, summed over variables. */
    @Override
    public void kl(Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int rows, float[] kl) {
        Arrays.fill(kl, 0, rows, -0.5f * actionSize);
        for (int j = 0; j < actionSize; j++) {
            scaledSquares(k, s, oldInputs, newInputs, stride, j, rows);
            k.addScaled(rows, 0.5f, s.column(SQUARES), 0, kl, 0);
            k.subtract(rows, s.column(LOG_STD), 0, s.column(OLD_LOG_STD), 0, s.column(TERM), 0);
            k.add(rows, kl, 0, s.column(TERM), 0, kl, 0);
        }
    }

    /**
     * {@inheritDoc}
     * <pre>
     *   with z = (action - mean) / std, w = (meanOld - mean) / std, r = stdOld / std:
     *   dlogp / dmean = z / std        dlogp / dlogStd = z^2 - 1
     *   dH / dmean    = 0              dH / dlogStd    = 1
     *   dKL / dmean   = -w / std       dKL / dlogStd   = 1 - (r^2 + w^2)
     * </pre>
     */
    @Override
    public void gradient(
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
            float[] dInputs) {
        float[] distance = s.column(DISTANCE);
        float[] inverseStd = s.column(INVERSE_STD);
        float[] term = s.column(TERM);
        Arrays.fill(s.column(ZERO), 0, rows, 0f);
        for (int j = 0; j < actionSize; j++) {
            int mean = j * stride;
            int logStd = (actionSize + j) * stride;
            distances(k, s, actions, mean, inputs, stride, j, rows);
            k.multiply(rows, distance, 0, inverseStd, 0, term, 0);
            k.multiply(rows, term, 0, dLogProb, 0, dInputs, mean);
            k.multiply(rows, distance, 0, distance, 0, term, 0);
            k.affine(rows, 1f, -1f, term, 0, term, 0);
            k.multiply(rows, term, 0, dLogProb, 0, dInputs, logStd);
            k.affine(rows, 1f, entropyScale, dInputs, logStd, dInputs, logStd);
            if (klScale != 0f) {
                scaledSquares(k, s, Distributions.needed(oldInputs, klScale), inputs, stride, j, rows);
                k.multiply(rows, distance, 0, inverseStd, 0, term, 0);
                k.addScaled(rows, -klScale, term, 0, dInputs, mean);
                k.affine(rows, -1f, 1f, s.column(SQUARES), 0, term, 0);
                k.addScaled(rows, klScale, term, 0, dInputs, logStd);
            }
            k.subtract(rows, s.column(LOG_STD), 0, inputs, logStd, term, 0);
            k.selectEqual(rows, term, 0, 0f, dInputs, logStd, s.column(ZERO), 0, dInputs, logStd);
        }
    }

    /** Clamped log std, 1 / std, and clamped (x - mean) / std of variable {@code j}. */
    private void distances(Kernels k, Scratch s, float[] x, int xOff, float[] inputs, int stride, int j, int rows) {
        float[] logStd = s.column(LOG_STD);
        float[] inverseStd = s.column(INVERSE_STD);
        float[] distance = s.column(DISTANCE);
        k.clamp(rows, -LOG_STD_LIMIT, LOG_STD_LIMIT, inputs, (actionSize + j) * stride, logStd, 0);
        k.scale(rows, -1f, logStd, 0, inverseStd, 0);
        k.exp(rows, inverseStd, 0, inverseStd, 0);
        k.subtract(rows, x, xOff, inputs, j * stride, distance, 0);
        k.multiply(rows, distance, 0, inverseStd, 0, distance, 0);
        k.clamp(rows, -DISTANCE_LIMIT, DISTANCE_LIMIT, distance, 0, distance, 0);
    }

    /** r^2 + w^2, see {@link #gradient}, and what {@link #distances} leaves for x = the old mean. */
    private void scaledSquares(
            Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int j, int rows) {
        float[] oldLogStd = s.column(OLD_LOG_STD);
        float[] squares = s.column(SQUARES);
        float[] term = s.column(TERM);
        distances(k, s, oldInputs, j * stride, newInputs, stride, j, rows);
        k.clamp(rows, -LOG_STD_LIMIT, LOG_STD_LIMIT, oldInputs, (actionSize + j) * stride, oldLogStd, 0);
        k.subtract(rows, oldLogStd, 0, s.column(LOG_STD), 0, term, 0);
        k.exp(rows, term, 0, term, 0);
        k.multiply(rows, term, 0, term, 0, squares, 0);
        k.addProduct(rows, s.column(DISTANCE), 0, s.column(DISTANCE), 0, squares, 0);
    }
}
