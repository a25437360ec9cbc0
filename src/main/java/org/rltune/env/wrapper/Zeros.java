package org.rltune.env.wrapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Graph;
import org.rltune.space.GraphInstance;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.OneOf;
import org.rltune.space.Sequence;
import org.rltune.space.Space;
import org.rltune.space.Text;
import org.rltune.space.Tuple;

/** The values that come nearest to zero: Gymnasium's {@code create_zero_array}. */
final class Zeros {
    private Zeros() {}

    /** The value of a space that is nearest to zero; the first number, character or choice where there is no zero. */
    @SuppressWarnings("unchecked") // each branch gives a value of its space
    static <T> T of(Space<T> space) {
        return (T) zero(space);
    }

    private static Object zero(Space<?> space) {
        if (space instanceof Box || space instanceof ArrayBox) {
            return ArrayView.of("", space).zero();
        }
        if (space instanceof Discrete discrete) {
            return discrete.start();
        }
        if (space instanceof MultiDiscrete multi) {
            return multi.start();
        }
        if (space instanceof MultiBinary binary) {
            return new byte[binary.size()];
        }
        if (space instanceof Text text) {
            return text.characters()
                    .substring(0, text.characters().offsetByCodePoints(0, 1))
                    .repeat(text.minLength());
        }
        if (space instanceof Dict dict) {
            Map<String, Object> zeros = new LinkedHashMap<>();
            dict.spaces().forEach((key, part) -> zeros.put(key, zero(part)));
            return Collections.unmodifiableMap(zeros);
        }
        if (space instanceof Tuple tuple) {
            List<Object> zeros = new ArrayList<>();
            tuple.spaces().forEach(part -> zeros.add(zero(part)));
            return Collections.unmodifiableList(zeros);
        }
        if (space instanceof OneOf one) {
            return new OneOf.Choice(0, zero(one.spaces().get(0)));
        }
        if (space instanceof Sequence) {
            return List.of();
        }
        if (space instanceof Graph graph) {
            Space<?> edges = graph.edgeSpace();
            return edges == null
                    ? GraphInstance.of(row(graph.nodeSpace()))
                    : new GraphInstance(row(graph.nodeSpace()), row(edges), new int[2]);
        }
        throw new IllegalStateException("no zero of " + space); // the kinds of spaces are all named above
    }

    /** One node or edge: the zero of its space, as the array that a graph holds. */
    private static Object row(Space<?> space) {
        return zero(space) instanceof Integer number ? new int[] {number} : zero(space);
    }
}
