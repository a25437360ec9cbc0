package org.rltune.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/**
 * Independent Beta variables in (0, 1), for bounded actions (Chou, Maturana and Scherer 2017): no probability lies beyond
 * the bounds. Inputs: {@code actionSize} columns x for alpha, then as many for beta.
 *
 * <pre>
 *   alpha = 1 + softplus(x), beta = 1 + softplus(y): one peak, never at a bound
 *   logp(a) = (alpha - 1) ln a + (beta - 1) ln(1 - a) - lnB,   lnB = lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)
 *   H       = lnB - (alpha - 1) psi(alpha) - (beta - 1) psi(beta) + (alpha + beta - 2) psi(alpha + beta)
 *   KL(old || new) = lnB - lnBOld + (alphaOld - alpha) psi(alphaOld) + (betaOld - beta) psi(betaOld)
 *                    + (alpha - alphaOld + beta - betaOld) psi(alphaOld + betaOld)
 * </pre>
 *
 * with psi the digamma function. An input counts as at least {@value #LEAST_INPUT} and at most {@value #MOST_INPUT}, an
 * action as at least {@value #MARGIN} away from both bounds, so everything stays finite. Sums run in double precision and
 * take several times as long as those of Gaussians.
 *
 * @param actionSize number of variables, at least 1
 */
public record Beta(int actionSize) implements ActionDistribution {
    static final float LEAST_INPUT = -20f;
    static final float MOST_INPUT = 1000f;
    static final float MARGIN = 1e-6f;

    /** Checks the number of variables. */
    public Beta {
        Check.positive("action size", actionSize);
    }

    @Override
    public int inputs() {
        return 2 * actionSize;
    }

    @Override
    public Scratch scratch(int maxRows) {
        return new Scratch(0, maxRows);
    }

    private static double shape(float input) {
        double x = Math.max(LEAST_INPUT, Math.min(MOST_INPUT, input));
        return 1 + Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** The derivative of {@link #shape}: the logistic function, 0 outside the limits. */
    private static double slope(float input) {
        return input >= LEAST_INPUT && input <= MOST_INPUT ? 1 / (1 + StrictMath.exp(-(double) input)) : 0;
    }

    private static double logB(double alpha, double beta) {
        return SpecialFunctions.logGamma(alpha)
                + SpecialFunctions.logGamma(beta)
                - SpecialFunctions.logGamma(alpha + beta);
    }

    private static float inside(float action) {
        return Math.max(MARGIN, Math.min(1 - MARGIN, action));
    }

    private static double logProb(double alpha, double beta, float action) {
        double a = inside(action);
        return (alpha - 1) * StrictMath.log(a) + (beta - 1) * StrictMath.log1p(-a) - logB(alpha, beta);
    }

    /** Draws two gamma variables for each number and takes the share of the first. */
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
            double sum = 0;
            for (int j = 0; j < actionSize; j++) {
                double alpha = shape(inputs[j * stride + i]);
                double beta = shape(inputs[(actionSize + j) * stride + i]);
                double x = gamma(alpha, random[i]);
                double y = gamma(beta, random[i]);
                float action = inside((float) (x / (x + y)));
                actions[actionOffset + i * actionSize + j] = action;
                sum += logProb(alpha, beta, action);
            }
            logProb[logProbOffset + i] = (float) sum;
        }
    }

    /** A gamma variable of that shape, at least 1, and scale 1: Marsaglia and Tsang 2000. */
    private static double gamma(double shape, Pcg64 random) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.standardNormal();
            double root = 1 + c * x;
            if (root > 0) {
                double v = root * root * root;
                double u = 1 - random.nextDouble(); // in (0, 1]
                if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }

    @Override
    public void mode(Scratch s, float[] inputs, int stride, int rows, float[] actions, int actionOffset) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < actionSize; j++) {
                double alpha = shape(inputs[j * stride + i]);
                double beta = shape(inputs[(actionSize + j) * stride + i]);
                actions[actionOffset + i * actionSize + j] = inside((float) ((alpha - 1) / (alpha + beta - 2)));
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
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            double nats = 0;
            for (int j = 0; j < actionSize; j++) {
                double alpha = shape(inputs[j * stride + i]);
                double beta = shape(inputs[(actionSize + j) * stride + i]);
                sum += logProb(alpha, beta, actions[j * stride + i]);
                nats += logB(alpha, beta)
                        - (alpha - 1) * SpecialFunctions.digamma(alpha)
                        - (beta - 1) * SpecialFunctions.digamma(beta)
                        + (alpha + beta - 2) * SpecialFunctions.digamma(alpha + beta);
            }
            logProb[i] = (float) sum;
            entropy[i] = (float) nats;
        }
    }

    @Override
    public void kl(Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int rows, float[] kl) {
        Arrays.fill(kl, 0, rows, 0f);
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < actionSize; j++) {
                double alpha = shape(newInputs[j * stride + i]);
                double beta = shape(newInputs[(actionSize + j) * stride + i]);
                double alphaOld = shape(oldInputs[j * stride + i]);
                double betaOld = shape(oldInputs[(actionSize + j) * stride + i]);
                sum += logB(alpha, beta)
                        - logB(alphaOld, betaOld)
                        + (alphaOld - alpha) * SpecialFunctions.digamma(alphaOld)
                        + (betaOld - beta) * SpecialFunctions.digamma(betaOld)
                        + (alpha - alphaOld + beta - betaOld) * SpecialFunctions.digamma(alphaOld + betaOld);
            }
            kl[i] = (float) sum;
        }
    }

    /**
     * {@inheritDoc}
     * <pre>
     *   dlogp / dalpha = ln a - psi(alpha) + psi(alpha + beta)
     *   dH / dalpha    = -(alpha - 1) psi'(alpha) + (alpha + beta - 2) psi'(alpha + beta)
     *   dKL / dalpha   = psi(alpha) - psi(alpha + beta) - (psi(alphaOld) - psi(alphaOld + betaOld))
     *   dalpha / dx    = 1 / (1 + exp(-x))        and the same for beta, with ln(1 - a)
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
        float[] old = klScale == 0f ? inputs : Distributions.needed(oldInputs, klScale);
        for (int j = 0; j < actionSize; j++) {
            int first = j * stride;
            int second = (actionSize + j) * stride;
            for (int i = 0; i < rows; i++) {
                double alpha = shape(inputs[first + i]);
                double beta = shape(inputs[second + i]);
                double a = inside(actions[first + i]);
                double both = SpecialFunctions.digamma(alpha + beta);
                double ofAlpha = SpecialFunctions.digamma(alpha) - both;
                double ofBeta = SpecialFunctions.digamma(beta) - both;
                double dAlpha = dLogProb[i] * (StrictMath.log(a) - ofAlpha);
                double dBeta = dLogProb[i] * (StrictMath.log1p(-a) - ofBeta);
                if (entropyScale != 0f) {
                    double curve = (alpha + beta - 2) * SpecialFunctions.trigamma(alpha + beta);
                    dAlpha += entropyScale * (curve - (alpha - 1) * SpecialFunctions.trigamma(alpha));
                    dBeta += entropyScale * (curve - (beta - 1) * SpecialFunctions.trigamma(beta));
                }
                if (klScale != 0f) {
                    double alphaOld = shape(old[first + i]);
                    double betaOld = shape(old[second + i]);
                    double bothOld = SpecialFunctions.digamma(alphaOld + betaOld);
                    dAlpha += klScale * (ofAlpha - SpecialFunctions.digamma(alphaOld) + bothOld);
                    dBeta += klScale * (ofBeta - SpecialFunctions.digamma(betaOld) + bothOld);
                }
                dInputs[first + i] = (float) (dAlpha * slope(inputs[first + i]));
                dInputs[second + i] = (float) (dBeta * slope(inputs[second + i]));
            }
        }
    }
}
