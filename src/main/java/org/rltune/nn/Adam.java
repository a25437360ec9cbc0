package org.rltune.nn;

import org.rltune.check.Check;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with clipping by global norm, as {@code torch.optim.Adam} after
 * {@code clip_grad_norm_}: the gradient is scaled by min(1, maxNorm / (norm + 1e-6)).
 * <pre>
 *   m[t] = beta1 m[t-1] + (1 - beta1) g        params -= lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 *   v[t] = beta2 v[t-1] + (1 - beta2) g^2
 * </pre>
 *
 * beta1 is 0.9 and beta2 0.999, both rounded to float everywhere, bias corrections included. The arithmetic is in {@link Kernels#adam}. One thread at a time.
 */
public final class Adam {
    /** Stable-Baselines3's epsilon for PPO. */
    public static final double DEFAULT_EPSILON = 1e-5;

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;

    private final Kernels kernels;
    private final float[] m;
    private final float[] v;
    private final float epsilon;
    private long t;

    // beta^t by repeated multiplication: StrictMath.pow allocates three arrays per call on JDK 17.
    private double beta1Power = 1;
    private double beta2Power = 1;

    /** An optimiser for {@code parameters} numbers that has made no step yet. */
    public Adam(Kernels kernels, int parameters, double epsilon) {
        this.kernels = kernels;
        this.m = new float[Check.atLeast("parameters", parameters, 0)];
        this.v = new float[parameters];
        this.epsilon = (float) Check.positive("epsilon", epsilon);
    }

    /**
     * Changes the parameters by one step and returns the norm of the gradient before clipping. A learning rate of 0
     * leaves the parameters as they are; the moments move on.
     *
     * @param lr learning rate, at least 0
     * @param maxNorm greatest norm of the gradient, positive; infinity for no clipping
     * @throws ArithmeticException if the norm is not finite; nothing has been changed then
     */
    public double step(float[] params, float[] gradient, double lr, double maxNorm) {
        Check.inClosedOpen("lr", lr, 0, Double.POSITIVE_INFINITY);
        if (!(maxNorm > 0)) {
            throw new IllegalArgumentException(
                    "grad_clip is " + maxNorm + ", but it must be above 0. Use infinity for no clipping.");
        }
        double norm = Math.sqrt(kernels.sumOfSquares(m.length, gradient, 0));
        if (!Double.isFinite(norm)) {
            throw new ArithmeticException("The norm of the gradient is " + norm + " at step " + (t + 1)
                    + ", but it must be finite. Maybe a smaller lr, or scaled rewards?");
        }
        double scale = Math.min(1, maxNorm / (norm + 1e-6));
        t++;
        beta1Power *= BETA1;
        beta2Power *= BETA2;
        double stepSize = lr / (1 - beta1Power);
        double inverseRootCorrection = 1 / Math.sqrt(1 - beta2Power);
        kernels.adam(
                m.length,
                params,
                gradient,
                m,
                v,
                BETA1,
                BETA2,
                (float) scale,
                (float) stepSize,
                (float) inverseRootCorrection,
                epsilon);
        return norm;
    }

    /** Number of steps made. */
    public long steps() {
        return t;
    }

    /** A copy of the first moments. */
    public float[] firstMoments() {
        return m.clone();
    }

    /** A copy of the second moments. */
    public float[] secondMoments() {
        return v.clone();
    }

    /**
     * Goes back to a saved state.
     *
     * @throws IllegalArgumentException if a length is not the number of parameters, or {@code steps} is negative
     */
    public void restore(float[] firstMoments, float[] secondMoments, long steps) {
        if (firstMoments.length != m.length || secondMoments.length != v.length) {
            throw new IllegalArgumentException("The moments have " + firstMoments.length + " and "
                    + secondMoments.length + " elements, but the optimiser has " + m.length
                    + ". Restore the state of the same network.");
        }
        Check.atLeast("steps", steps, 0L);
        System.arraycopy(firstMoments, 0, m, 0, m.length);
        System.arraycopy(secondMoments, 0, v, 0, v.length);
        t = steps;
        beta1Power = 1;
        beta2Power = 1;
        // Ends early where neither changes any more, after some 750,000 steps: the smallest numbers times 0.9 or 0.999
        // are rounded to themselves again.
        double before = 0;
        for (long i = 0; i < steps && beta2Power != before; i++) {
            before = beta2Power;
            beta1Power *= BETA1;
            beta2Power *= BETA2;
        }
    }
}
