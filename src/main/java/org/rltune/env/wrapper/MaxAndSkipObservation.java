package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Takes each action several times, sums the rewards, and gives the greater of the last two observations in each
 * element, as Gymnasium's wrapper of this name.
 *
 * <p>An episode that ends early leaves one or both of the two as the action before left them. Here they are zeros at
 * the beginning of an episode, so that an episode depends on its seed and actions alone; in Gymnasium they are zeros
 * only before the first one.
 */
public final class MaxAndSkipObservation<O, A> extends Wrapper<O, A> {
    /** Gymnasium's number of steps. */
    public static final int DEFAULT_SKIP = 4;

    private final ArrayView<O> arrays;
    private final int skip;
    private O last;
    private O beforeLast;

    /** Wraps an environment whose observations are arrays; each action is taken four times. */
    public MaxAndSkipObservation(Env<O, A> inner) {
        this(inner, DEFAULT_SKIP);
    }

    /** Wraps an environment whose observations are arrays; each action is taken this many times, at least twice. */
    public MaxAndSkipObservation(Env<O, A> inner, int skip) {
        super(inner);
        this.skip = Check.atLeast("skip", skip, 2);
        this.arrays = ArrayView.of("MaxAndSkipObservation", inner.observationSpace());
        this.last = arrays.newArray(arrays.size());
        this.beforeLast = arrays.newArray(arrays.size());
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        last = arrays.newArray(arrays.size());
        beforeLast = arrays.newArray(arrays.size());
        return super.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        double reward = 0;
        StepResult<O> result;
        int i = 0;
        do {
            result = super.step(action);
            reward += result.reward();
            if (i == skip - 2) {
                beforeLast = result.observation();
            } else if (i == skip - 1) {
                last = result.observation();
            }
            i++;
        } while (i < skip && !result.ended());
        O greatest = arrays.newArray(arrays.size());
        for (int k = 0; k < arrays.size(); k++) {
            arrays.set(greatest, k, Math.max(arrays.get(beforeLast, k), arrays.get(last, k)));
        }
        return new StepResult<>(greatest, reward, result.terminated(), result.truncated(), result.info());
    }

    @Override
    protected void state(StateFields fields) {
        last = Values.kept(fields, last);
        beforeLast = Values.kept(fields, beforeLast);
    }
}
