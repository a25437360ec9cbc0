package org.rltune.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Graphs whose nodes, and edges if there are any, have values of one space each: Gymnasium's {@code Graph}. */
public final class Graph implements Space<GraphInstance> {
    /** As many nodes as Gymnasium samples where no number is given. */
    private static final int NODES = 10;

    private final Space<?> nodeSpace;
    private final @Nullable Space<?> edgeSpace;

    private Graph(Space<?> nodeSpace, @Nullable Space<?> edgeSpace) {
        this.nodeSpace = nodeSpace;
        this.edgeSpace = edgeSpace;
        GraphParts.requireBase("node_space", nodeSpace);
        if (edgeSpace != null) {
            GraphParts.requireBase("edge_space", edgeSpace);
        }
    }

    /**
     * Graphs with these features.
     *
     * @param nodeSpace of each node: a box or discrete
     * @param edgeSpace of each edge: a box or discrete, or null if edges have no features; then samples have no edges
     */
    public static Graph of(Space<?> nodeSpace, @Nullable Space<?> edgeSpace) {
        return new Graph(nodeSpace, edgeSpace);
    }

    /** The space of each node. */
    public Space<?> nodeSpace() {
        return nodeSpace;
    }

    /** The space of each edge, or null. */
    public @Nullable Space<?> edgeSpace() {
        return edgeSpace;
    }

    /** The spaces that are seeded with the graph. */
    List<Space<?>> spaces() {
        return edgeSpace == null ? List.of(nodeSpace) : List.of(nodeSpace, edgeSpace);
    }

    /**
     * A graph of 10 nodes and up to 89 edges, or of as many as the mask says.
     *
     * <p>The number of edges is one of 0 to n (n - 1) - 1 for n nodes. Everything is drawn from the generator of the graph
     * itself: the number of edges, the nodes, the edges, the links.
     *
     * @param mask {@link Mask#graph}; masks for nodes and edges go with discrete spaces only
     */
    @Override
    public GraphInstance sample(Streams streams, Mask mask) {
        if (mask instanceof Mask.None) {
            return GraphParts.sample(this, streams.own(), new Mask.OfGraph(NODES, OptionalInt.empty(), mask, mask));
        }
        if (mask instanceof Mask.OfGraph graph) {
            return GraphParts.sample(this, streams.own(), graph);
        }
        throw Masks.wrong(this, mask, "Mask.graph");
    }

    @Override
    public @Nullable String violation(GraphInstance value) {
        String nodes = GraphParts.violation("node", nodeSpace, value.nodes());
        if (nodes != null || (value.edges() == null && value.edgeLinks() == null)) {
            return nodes;
        }
        if (value.edges() == null || value.edgeLinks() == null) {
            return "edges and edgeLinks must both be there, or neither";
        }
        if (edgeSpace == null) {
            return "there are edges, but the space has none";
        }
        String edges = GraphParts.violation("edge", edgeSpace, value.edges());
        return edges != null
                ? edges
                : GraphParts.linkViolation(
                        value.edgeLinks(),
                        Stacks.count(edgeSpace, value.edges()),
                        Stacks.count(nodeSpace, value.nodes()));
    }

    @Override
    public Class<?> valueType() {
        return GraphInstance.class;
    }

    @Override
    public boolean isFlattenable() {
        return false;
    }

    @Override
    public int flatSize() {
        throw Flat.none(this);
    }

    @Override
    public void flatten(GraphInstance value, float[] out, int at) {
        throw Flat.none(this);
    }

    @Override
    public GraphInstance unflatten(float[] values, int at) {
        throw Flat.none(this);
    }

    @Override
    public Box flattened() {
        throw Flat.none(this);
    }

    /** An object with {@code nodes} and, if there are any, {@code edges} and {@code edge_links}. */
    @Override
    public Object toJsonable(GraphInstance value) {
        Flat.require(this, value);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nodes", GraphParts.toJson(nodeSpace, value.nodes()));
        if (edgeSpace != null && value.edges() != null && value.edgeLinks() != null) {
            int[] links = value.edgeLinks();
            json.put("edges", GraphParts.toJson(edgeSpace, value.edges()));
            json.put("edge_links", Shapes.nest(new int[] {links.length / 2, 2}, i -> (long) links[i]));
        }
        return json;
    }

    @Override
    public GraphInstance fromJsonable(@Nullable Object json) {
        return GraphParts.fromJson(this, json);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Graph");
        json.put("node_space", nodeSpace.toJson());
        if (edgeSpace != null) {
            json.put("edge_space", edgeSpace.toJson());
        }
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Graph that
                && nodeSpace.equals(that.nodeSpace)
                && Objects.equals(edgeSpace, that.edgeSpace);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodeSpace, edgeSpace);
    }

    /** For example {@code Graph(Discrete(3), None)}. */
    @Override
    public String toString() {
        return "Graph(" + nodeSpace + ", " + (edgeSpace == null ? "None" : edgeSpace) + ")";
    }
}
