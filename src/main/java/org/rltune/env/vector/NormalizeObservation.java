package org.rltune.env.vector;

import java.util.List;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.wrapper.RunningMeanStd;

/**
 * Shifts and scales observations to mean 0 and variance 1 over all of them so far, as Gymnasium's vector wrapper of this
 * name. All environments share the statistics.
 *
 * <p>The observations of a step or reset are taken in as one batch, before they become {@code (x - m) / sqrt(v +
 * epsilon)}. Beyond Gymnasium, which takes part in mode NEXT_STEP and whole resets only: a reset of some environments
 * takes in their observations; in the modes SAME_STEP and DISABLED the last observations of ended episodes are scaled by
 * the same statistics, and in SAME_STEP they are not taken in.
 *
 * <p>For a {@code Box} the statistics are float32, for other arrays float64, as in Gymnasium. Flat observations of 64-bit
 * numbers have been rounded to floats before they get here.
 */
public final class NormalizeObservation extends VectorObservationWrapper {
    private final double epsilon;
    private final RunningMeanStd statistics;
    private boolean updating = true;

    /** Wraps environments whose observations are arrays, with Gymnasium's epsilon. */
    public NormalizeObservation(VectorEnv inner) {
        this(inner, org.rltune.env.wrapper.NormalizeObservation.DEFAULT_EPSILON);
    }

    /**
     * Wraps environments whose observations are arrays.
     *
     * @param epsilon added to the variance under the root, at least 0
     */
    public NormalizeObservation(VectorEnv inner, double epsilon) {
        this(
                inner,
                epsilon,
                new org.rltune.env.wrapper.NormalizeObservation<>(new SpacesOnly<Object, Object>(inner), epsilon));
    }

    private NormalizeObservation(
            VectorEnv inner, double epsilon, org.rltune.env.wrapper.NormalizeObservation<?, ?> single) {
        super(inner, single.observationSpace());
        this.epsilon = epsilon;
        this.statistics = single.statistics();
    }

    /** Whether observations still move the statistics; false for evaluation. */
    public void updateRunningMean(boolean flag) {
        updating = flag;
    }

    /** The running mean and variance. */
    public RunningMeanStd statistics() {
        return statistics;
    }

    @Override
    protected void observations(float[] from, float[] into, boolean[] rows) {
        if (updating) {
            statistics.update(from, rows);
        }
        finalObservations(from, into, rows);
    }

    @Override
    protected void finalObservations(float[] from, float[] into, boolean[] rows) {
        int size = observationSize();
        for (int e = 0; e < rows.length; e++) {
            for (int i = 0; rows[e] && i < size; i++) {
                into[e * size + i] = statistics.normalize(i, from[e * size + i], epsilon);
            }
        }
    }

    /** Not possible: the statistics are no part of an {@link EpisodeState}. */
    @Override
    public List<EpisodeState> save() {
        throw stateful("save", "the statistics over many episodes");
    }

    /** Not possible, see {@link #save}. */
    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        throw stateful("restore", "the statistics over many episodes");
    }
}
