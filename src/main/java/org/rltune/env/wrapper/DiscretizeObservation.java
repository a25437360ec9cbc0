package org.rltune.env.wrapper;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;

/**
 * Gives the number of the bin for an observation of a bounded {@link Box}, as Gymnasium's wrapper of this name: each
 * element has equal bins, each with its lower edge and without its upper one; the last has both.
 *
 * @param <O> type of an observation outside: {@code Integer}, or {@code int[]} with a number for each element
 * @param <A> type of an action
 */
public final class DiscretizeObservation<O, A> extends TransformObservation<O, A, float[]> {
    private static final String NAME = "DiscretizeObservation";

    private final Bins bins;
    private final Function<O, int[]> split;

    private DiscretizeObservation(
            Env<float[], A> inner, Bins bins, Space<O> space, Function<O, int[]> split, Function<int[], O> join) {
        super(inner, numbering(Needs.box(NAME, "observation", inner.observationSpace()), bins, join), space);
        this.bins = bins;
        this.split = split;
    }

    /**
     * One number for all elements together, that of the last element running fastest.
     *
     * @param bins how many bins each element has, at least 1: one number for all elements or one for each
     */
    public static <A> DiscretizeObservation<Integer, A> discrete(Env<float[], A> inner, int... bins) {
        Bins all = bins(inner, bins);
        return new DiscretizeObservation<>(inner, all, Discrete.of(all.total(NAME)), all::split, all::join);
    }

    /**
     * A number for each element: Gymnasium's {@code multidiscrete=True}.
     *
     * @param bins how many bins each element has, at least 1: one number for all elements or one for each
     */
    public static <A> DiscretizeObservation<int[], A> multiDiscrete(Env<float[], A> inner, int... bins) {
        Bins all = bins(inner, bins);
        Function<int[], int[]> same = Function.identity();
        return new DiscretizeObservation<>(inner, all, MultiDiscrete.of(all.counts()), same, same);
    }

    private static Bins bins(Env<float[], ?> inner, int[] counts) {
        return Bins.of(NAME, Needs.bounded(NAME, "observation", inner.observationSpace()), counts);
    }

    private static <O> Function<float[], O> numbering(Box box, Bins bins, Function<int[], O> join) {
        return observation -> {
            int[] numbers = new int[box.size()];
            for (int i = 0; i < numbers.length; i++) {
                // Gymnasium keeps values this far below the upper bound; in float32 that is mostly the bound itself.
                float highest = box.high(i) - 1e-8f;
                numbers[i] = bins.bin(i, Math.min(Math.max(observation[i], box.low(i)), highest));
            }
            return join.apply(numbers);
        };
    }

    /** The lower edges of the bins of an observation outside. */
    public float[] lowerEdges(O observation) {
        return edges(observation, 0);
    }

    /** The upper edges: Gymnasium's {@code revert_observation} gives both. */
    public float[] upperEdges(O observation) {
        return edges(observation, 1);
    }

    private float[] edges(O observation, int side) {
        int[] numbers = split.apply(observation);
        float[] edges = new float[numbers.length];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = bins.edge(i, numbers[i] + side);
        }
        return edges;
    }
}
