package org.rltune.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** The nodes, edges and links of a {@link Graph}: how they are drawn, checked and written. */
final class GraphParts {
    private GraphParts() {}

    static void requireBase(String name, Space<?> space) {
        if (!(space instanceof Box || space instanceof ArrayBox || space instanceof Discrete)) {
            throw new IllegalArgumentException(
                    name + " is " + space + ", but it must be a box or discrete. Choose one of these.");
        }
    }

    static GraphInstance sample(Graph graph, Pcg64 random, Mask.OfGraph mask) {
        int nodes = mask.nodes();
        Mask edgeMask = mask.edgeMask();
        int edges;
        if (mask.edges().isPresent()) {
            edges = mask.edges().getAsInt();
        } else {
            edges = nodes > 1 ? (int) random.integers(0, (long) nodes * (nodes - 1)) : 0;
            edgeMask = edgeMask instanceof Mask.None ? edgeMask : new Mask.Each(Collections.nCopies(edges, edgeMask));
        }
        Object nodeValues = values(graph.nodeSpace(), nodes, mask.nodeMask(), random);
        Space<?> edgeSpace = graph.edgeSpace();
        if (edgeSpace == null || edges == 0) {
            return GraphInstance.of(nodeValues);
        }
        Object edgeValues = values(edgeSpace, edges, edgeMask, random);
        int[] links = new int[2 * edges];
        for (int i = 0; i < links.length; i++) {
            links[i] = (int) random.integers(0, nodes);
        }
        return new GraphInstance(nodeValues, edgeValues, links);
    }

    /** A sample of the space whose values are {@code count} values of the base space. */
    private static Object values(Space<?> base, int count, Mask mask, Pcg64 random) {
        Streams streams = Streams.shared(random);
        if (base instanceof Box box) {
            return Box.of(tiled(box.low(), count), tiled(box.high(), count)).sample(streams, mask);
        }
        if (base instanceof ArrayBox<?> box) {
            return tiled(box, count).sample(streams, mask);
        }
        Discrete discrete = (Discrete) base;
        int[] nvec = new int[count];
        int[] start = new int[count];
        Arrays.fill(nvec, discrete.n());
        Arrays.fill(start, discrete.start());
        return MultiDiscrete.of(nvec, start).sample(streams, mask);
    }

    private static float[] tiled(float[] values, int count) {
        return (float[]) Stacks.stack(Box.of(0, 1, values.length), Collections.nCopies(count, values));
    }

    /** Whole numbers without bounds get those of their type, as in Gymnasium. */
    @SuppressWarnings("unchecked")
    private static <T> ArrayBox<T> tiled(ArrayBox<T> box, int count) {
        T low = (T) Stacks.stack(box, Collections.nCopies(count, box.low()));
        T high = (T) Stacks.stack(box, Collections.nCopies(count, box.high()));
        return ArrayBox.ofBounds(box.dtype(), low, high);
    }

    static @Nullable String violation(String what, Space<?> space, Object values) {
        if (Stacks.count(space, values) < 0) {
            return "the " + what + "s are " + Values.text(values) + ", but they must be one array with values of "
                    + space;
        }
        List<Object> each = Stacks.unstack(space, values);
        for (int i = 0; i < each.size(); i++) {
            String violation = space.violationOf(each.get(i));
            if (violation != null) {
                return what + " " + i + ": " + violation;
            }
        }
        return null;
    }

    static @Nullable String linkViolation(int[] links, int edges, int nodes) {
        if (links.length != 2 * edges) {
            return "edgeLinks has " + links.length + " elements, but there are two for each of " + edges + " edges";
        }
        for (int i = 0; i < links.length; i++) {
            if (links[i] < 0 || links[i] >= nodes) {
                return "edge " + i / 2 + ": there is no node " + links[i] + " among " + nodes;
            }
        }
        return null;
    }

    static Object toJson(Space<?> space, Object values) {
        List<Object> list = new ArrayList<>();
        for (Object value : Stacks.unstack(space, values)) {
            list.add(Values.toJsonable(space, value));
        }
        return list;
    }

    static GraphInstance fromJson(Graph graph, @Nullable Object json) {
        Map<String, @Nullable Object> object = Json.asObject(json, "value");
        Object nodes = fromJson(graph.nodeSpace(), object.get("nodes"), "nodes");
        if (!object.containsKey("edges")) {
            return GraphInstance.of(nodes);
        }
        Space<?> edgeSpace = graph.edgeSpace();
        if (edgeSpace == null) {
            throw new IllegalArgumentException("The graph has edges, but " + graph + " has none. Leave them out.");
        }
        Object edges = fromJson(edgeSpace, object.get("edges"), "edges");
        int[] shape = {Json.asList(object.get("edges"), "edges").size(), 2};
        int[] links = new int[2 * shape[0]];
        Shapes.visit(object.get("edge_links"), shape, "edge_links", (i, x) -> links[i] = Json.asInt(x, "edge_links"));
        return new GraphInstance(nodes, edges, links);
    }

    private static Object fromJson(Space<?> space, @Nullable Object json, String name) {
        List<Object> values = new ArrayList<>();
        for (Object value : Json.asList(json, name)) {
            values.add(space.fromJsonable(value));
        }
        return Stacks.stack(space, values);
    }
}
