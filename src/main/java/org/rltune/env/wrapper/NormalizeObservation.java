package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.StateFields;
import org.rltune.space.Box;

/**
 * Shifts and scales observations to mean 0 and variance 1 over all of them so far, as Gymnasium's wrapper of this name.
 *
 * <p>Each observation is taken into the running mean m and variance v before it becomes {@code (x - m) / sqrt(v +
 * epsilon)}, as float32. For a {@link Box} the statistics are float32 too, as Gymnasium's are for float32 observations;
 * for other types they are float64. They go on over {@code reset}, so an episode depends on those before it: to go on
 * with the same numbers, use a snapshot.
 *
 * @param <A> type of an action
 * @param <P> type of an observation inside, an array
 */
public final class NormalizeObservation<A, P> extends ObservationWrapper<float[], A, P> {
    /** Gymnasium's number under the root. */
    public static final double DEFAULT_EPSILON = 1e-8;

    private final ArrayView<P> inside;
    private final double epsilon;
    private final RunningMeanStd moments;
    private final double[] x;
    private boolean updating = true;

    /** Wraps this environment with Gymnasium's epsilon. */
    public NormalizeObservation(Env<P, A> inner) {
        this(inner, DEFAULT_EPSILON);
    }

    /**
     * Wraps an environment whose observations are arrays.
     *
     * @param epsilon added to the variance under the root, at least 0
     */
    public NormalizeObservation(Env<P, A> inner, double epsilon) {
        this(inner, ArrayView.of("NormalizeObservation", inner.observationSpace()), epsilon);
    }

    private NormalizeObservation(Env<P, A> inner, ArrayView<P> inside, double epsilon) {
        super(inner, unbounded(inside));
        this.inside = inside;
        this.epsilon = Check.atLeast("epsilon", epsilon, 0.0);
        this.moments =
                inside.isFloat32() ? RunningMeanStd.float32(inside.size()) : RunningMeanStd.float64(inside.size());
        this.x = new double[inside.size()];
    }

    private static Box unbounded(ArrayView<?> inside) {
        float[] high = new float[inside.size()];
        float[] low = new float[inside.size()];
        Arrays.fill(high, Float.POSITIVE_INFINITY);
        Arrays.fill(low, Float.NEGATIVE_INFINITY);
        int[] shape = inside.shape();
        return Box.of(low, high, shape);
    }

    /** Whether observations still move the statistics; false for evaluation. */
    public void updateRunningMean(boolean flag) {
        updating = flag;
    }

    /** The running mean and variance. */
    public RunningMeanStd statistics() {
        return moments;
    }

    /** The mean of element i so far. */
    public double mean(int i) {
        return moments.mean(i);
    }

    /** The variance of element i so far. */
    public double variance(int i) {
        return moments.variance(i);
    }

    @Override
    public float[] observation(P observation) {
        for (int i = 0; i < x.length; i++) {
            x[i] = inside.get(observation, i);
        }
        if (updating) {
            moments.update(x);
        }
        float[] normal = new float[x.length];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = moments.normalize(i, x[i], epsilon);
        }
        return normal;
    }

    @Override
    protected void state(StateFields fields) {
        updating = fields.keep(updating);
        moments.state(fields);
    }
}
