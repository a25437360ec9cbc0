package org.rltune.env.vector;

import java.util.Arrays;
import java.util.List;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.space.Box;
import org.rltune.space.Space;

/**
 * A vector environment around another one with other observations, as Gymnasium's {@code VectorObservationWrapper}.
 *
 * <p>It works in every autoreset mode (Gymnasium's does not in SAME_STEP): the last observations of ended episodes are
 * transformed too. A reset of some environments transforms their rows only.
 */
public abstract class VectorObservationWrapper extends VectorWrapper {
    private final Space<?> observationSpace;
    private final int size;
    private final float[] low;
    private final float[] high;
    private final boolean[] rows;
    private final VectorStep inside;

    /**
     * Wraps these environments.
     *
     * @param observationSpace the space of an observation outside
     * @throws IllegalArgumentException for a space without a flat form
     */
    protected VectorObservationWrapper(VectorEnv inner, Space<?> observationSpace) {
        super(inner);
        if (!observationSpace.isFlattenable() || observationSpace.flatSize() < 1) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " would make observations of "
                    + observationSpace
                    + ", which have no flat form of one size, at least 1. Make others, or wrap single"
                    + " environments");
        }
        this.observationSpace = observationSpace;
        this.size = observationSpace.flatSize();
        Box flat = observationSpace.flattened();
        this.low = flat.low();
        this.high = flat.high();
        this.rows = new boolean[inner.numEnvs()];
        this.inside = inner.newStep();
    }

    /**
     * Makes observations outside from those inside; called once for each reset and each step, in their order.
     *
     * @param from observations inside, (numEnvs, observationSize of the inner one)
     * @param into receives those outside, (numEnvs, observationSize)
     * @param rows which environments have a new observation; the rows of the others stay as they are
     */
    protected abstract void observations(float[] from, float[] into, boolean[] rows);

    /** As {@link #observations}, for the last observations of episodes that ended; called after it. */
    protected void finalObservations(float[] from, float[] into, boolean[] rows) {
        observations(from, into, rows);
    }

    @Override
    public final Space<?> observationSpace() {
        return observationSpace;
    }

    @Override
    public final int observationSize() {
        return size;
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        requireLength("out.observation", out.observation.length, numEnvs() * size);
        inner().reset(request, inside);
        out.take(inside, request);
        for (int e = 0; e < rows.length; e++) {
            rows[e] = request.chooses(e);
        }
        observe(out.observation);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        requireLength("out.observation", out.observation.length, numEnvs() * size);
        inner().step(action, inside);
        out.take(inside);
        Arrays.fill(rows, true);
        observe(out.observation);
        boolean ended = false;
        for (int e = 0; e < rows.length; e++) {
            rows[e] = out.ended(e);
            ended |= rows[e];
        }
        if (ended) {
            finalObservations(inside.finalObservation, out.finalObservation, rows);
            check(out.finalObservation);
        }
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        requireLength("observation", observation.length, numEnvs() * size);
        inner().restart(episode, inside.observation);
        Arrays.fill(rows, true);
        observe(observation);
    }

    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        requireLength("observation", observation.length, numEnvs() * size);
        inner().restore(states, inside.observation);
        Arrays.fill(rows, true);
        observe(observation);
    }

    private void observe(float[] observation) {
        observations(inside.observation, observation, rows);
        check(observation);
    }

    private void check(float[] observation) {
        for (int e = 0; e < rows.length; e++) {
            for (int j = 0; rows[e] && j < size; j++) {
                float v = observation[e * size + j];
                // An infinite value may lie within infinite bounds, but no network can use it.
                if (!(v >= low[j] && v <= high[j] && Math.abs(v) <= Float.MAX_VALUE)) {
                    throw new EnvException(
                            getClass().getSimpleName() + " (vector index " + e + ") made an observation whose element "
                                    + j + " is " + v + ", but it must be a finite number within [" + low[j] + ", "
                                    + high[j] + "]. Correct the transformation, or declare a wider space",
                            null);
                }
            }
        }
    }
}
