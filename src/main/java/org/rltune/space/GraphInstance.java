package org.rltune.space;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A graph: the features of its nodes and edges, one after the other in flat arrays.
 *
 * @param nodes the nodes: a {@code float[nodes * size]} for a {@link Box}, an {@code int[nodes]} for a {@link Discrete},
 *     the array of its type for an {@link ArrayBox}
 * @param edges the edges in the same form, or null for none
 * @param edgeLinks which node edge e comes from, {@code [2 * e]}, and which it goes to, {@code [2 * e + 1]}; null exactly
 *     if {@code edges} is
 */
public record GraphInstance(Object nodes, @Nullable Object edges, int @Nullable [] edgeLinks) {
    /** A graph without edges. */
    public static GraphInstance of(Object nodes) {
        return new GraphInstance(nodes, null, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GraphInstance that
                && Values.equal(nodes, that.nodes)
                && Values.equal(edges, that.edges)
                && Arrays.equals(edgeLinks, that.edgeLinks);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new @Nullable Object[] {nodes, edges, edgeLinks});
    }

    @Override
    public String toString() {
        return "GraphInstance(nodes=" + Values.text(nodes) + ", edges=" + Values.text(edges) + ", edgeLinks="
                + Arrays.toString(edgeLinks) + ")";
    }
}
