package org.rltune.env.wrapper;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;

/**
 * Offers numbers for an environment with a bounded {@link Box} of actions, as Gymnasium's wrapper of this name: a
 * number stands for the middle of one of equal bins.
 *
 * @param <O> type of an observation
 * @param <A> type of an action outside: {@code Integer}, or {@code int[]} with a number for each element
 */
public final class DiscretizeAction<O, A> extends TransformAction<O, A, float[]> {
    private static final String NAME = "DiscretizeAction";

    private final Bins bins;
    private final Function<int[], A> join;

    private DiscretizeAction(
            Env<O, float[]> inner, Bins bins, Space<A> space, Function<A, int[]> split, Function<int[], A> join) {
        super(inner, action -> centers(bins, split.apply(action)), space);
        this.bins = bins;
        this.join = join;
    }

    /**
     * One number for all elements together, that of the last element running fastest.
     *
     * @param bins how many bins each element has, at least 1: one number for all elements or one for each
     */
    public static <O> DiscretizeAction<O, Integer> discrete(Env<O, float[]> inner, int... bins) {
        Bins all = bins(inner, bins);
        return new DiscretizeAction<>(inner, all, Discrete.of(all.total(NAME)), all::split, all::join);
    }

    /**
     * A number for each element: Gymnasium's {@code multidiscrete=True}.
     *
     * @param bins how many bins each element has, at least 1: one number for all elements or one for each
     */
    public static <O> DiscretizeAction<O, int[]> multiDiscrete(Env<O, float[]> inner, int... bins) {
        Bins all = bins(inner, bins);
        Function<int[], int[]> same = Function.identity();
        return new DiscretizeAction<>(inner, all, MultiDiscrete.of(all.counts()), same, same);
    }

    private static Bins bins(Env<?, float[]> inner, int[] counts) {
        Box box = Needs.bounded(NAME, "action", inner.actionSpace());
        return Bins.of(NAME, box, counts);
    }

    private static float[] centers(Bins bins, int[] chosen) {
        float[] centers = new float[chosen.length];
        for (int i = 0; i < centers.length; i++) {
            centers[i] = bins.center(i, chosen[i]);
        }
        return centers;
    }

    /** The action outside whose bin has the center nearest to an action inside: Gymnasium's {@code revert_action}. */
    public A revertAction(float[] action) {
        int[] nearest = new int[action.length];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = bins.nearest(i, action[i]);
        }
        return join.apply(nearest);
    }
}
