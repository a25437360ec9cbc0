package org.rltune.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/**
 * One of {@code n} actions with probabilities softmax(logits). An action is its index, as a float.
 *
 * <p>logp[a] = max({@value #LOG_FLOOR}, (logit[a] - max) - ln(sum over b of exp(logit[b] - max))): no action is less
 * probable than 1.6e-38, so ratios and divergences stay finite.
 *
 * @param n number of actions, at least 1
 */
public record Categorical(int n) implements ActionDistribution {
    /** The least log-probability. */
    public static final float LOG_FLOOR = Kernels.LOG_FLOOR;

    /**
     * The logit of an action that must not be taken: it is never drawn. In sums of probabilities such an action counts
     * nothing; its log-probability is given as the floor.
     */
    public static final float FORBIDDEN = -Float.MAX_VALUE;

    // Columns of the scratch memory: log-probabilities from 0, those of the old distribution from n, then these.
    private static final int MAX = 0;
    private static final int SUM = 1;
    private static final int PROBABILITY = 2;
    private static final int TERM = 3;
    private static final int COLUMNS = 4;

    /** Checks the number of actions. */
    public Categorical {
        Check.positive("number of actions", n);
    }

    @Override
    public int inputs() {
        return n;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public Scratch scratch(int maxRows) {
        return new Scratch(2 * n + COLUMNS, maxRows);
    }

    /** Inverts the cumulative distribution: the first action whose cumulative probability exceeds a uniform number. */
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
            float max = inputs[i];
            for (int a = 1; a < n; a++) {
                max = Math.max(max, inputs[a * stride + i]);
            }
            float sum = weight(inputs[i], max);
            for (int a = 1; a < n; a++) {
                sum = sum + weight(inputs[a * stride + i], max);
            }
            double target = random[i].nextDouble() * sum;
            int chosen = 0;
            float cumulative = weight(inputs[i], max);
            while (cumulative <= target && chosen < n - 1) {
                chosen++;
                cumulative = cumulative + weight(inputs[chosen * stride + i], max);
            }
            float logit = inputs[chosen * stride + i];
            actions[actionOffset + i] = chosen;
            logProb[logProbOffset + i] = Math.max(LOG_FLOOR, Math.min(0f, (logit - max) - Approximations.log(sum)));
        }
    }

    private static float weight(float logit, float max) {
        return logit == FORBIDDEN ? 0f : Approximations.exp(logit - max);
    }

    @Override
    public void mode(Scratch s, float[] inputs, int stride, int rows, float[] actions, int actionOffset) {
        for (int i = 0; i < rows; i++) {
            int best = 0;
            for (int a = 1; a < n; a++) {
                if (inputs[a * stride + i] > inputs[best * stride + i]) {
                    best = a;
                }
            }
            actions[actionOffset + i] = best;
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
        k.softmax(rows, n, inputs, stride, actions, logProb, entropy, s.temporary());
    }

    @Override
    public void kl(Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int rows, float[] kl) {
        logSoftmax(k, s, newInputs, stride, rows, 0);
        logSoftmax(k, s, oldInputs, stride, rows, n);
        float[] probability = helper(s, PROBABILITY);
        float[] term = helper(s, TERM);
        Arrays.fill(kl, 0, rows, 0f);
        for (int a = 0; a < n; a++) {
            k.exp(rows, s.column(n + a), 0, probability, 0);
            k.subtract(rows, s.column(n + a), 0, s.column(a), 0, term, 0);
            k.addProduct(rows, probability, 0, term, 0, kl, 0);
        }
    }

    /**
     * {@inheritDoc}
     * <pre>
     *   dlogp(action) / dlogit[a] = [a = action] - p[a]
     *   dH / dlogit[a]            = -p[a] (logp[a] + H)
     *   dKL(old || p) / dlogit[a] = p[a] - pOld[a]
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
        k.softmaxGradient(rows, n, inputs, stride, actions, dLogProb, entropyScale, dInputs, s.temporary());
        if (klScale == 0f) {
            return;
        }
        logSoftmax(k, s, inputs, stride, rows, 0);
        logSoftmax(k, s, Distributions.needed(oldInputs, klScale), stride, rows, n);
        float[] probability = helper(s, PROBABILITY);
        float[] term = helper(s, TERM);
        for (int a = 0; a < n; a++) {
            k.exp(rows, s.column(a), 0, probability, 0);
            k.exp(rows, s.column(n + a), 0, term, 0);
            k.subtract(rows, probability, 0, term, 0, term, 0);
            k.addScaled(rows, klScale, term, 0, dInputs, a * stride);
        }
    }

    /** Writes log-probabilities to the scratch columns from {@code first} on. */
    private void logSoftmax(Kernels k, Scratch s, float[] inputs, int stride, int rows, int first) {
        float[] max = helper(s, MAX);
        float[] sum = helper(s, SUM);
        float[] probability = helper(s, PROBABILITY);
        System.arraycopy(inputs, 0, max, 0, rows);
        for (int a = 1; a < n; a++) {
            k.max(rows, max, 0, inputs, a * stride, max, 0);
        }
        for (int a = 0; a < n; a++) {
            float[] shifted = s.column(first + a);
            k.subtract(rows, inputs, a * stride, max, 0, shifted, 0);
            if (a == 0) {
                k.exp(rows, shifted, 0, sum, 0);
            } else {
                k.exp(rows, shifted, 0, probability, 0);
                k.add(rows, sum, 0, probability, 0, sum, 0);
            }
        }
        k.log(rows, sum, 0, sum, 0);
        for (int a = 0; a < n; a++) {
            float[] logP = s.column(first + a);
            k.subtract(rows, logP, 0, sum, 0, logP, 0);
            k.clamp(rows, LOG_FLOOR, 0f, logP, 0, logP, 0);
        }
    }

    private float[] helper(Scratch s, int index) {
        return s.column(2 * n + index);
    }
}
