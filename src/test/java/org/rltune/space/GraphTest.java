package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;

final class GraphTest extends SpaceContract<GraphInstance> {
    private static final Graph TWO = Graph.of(Discrete.of(2), Discrete.of(2));

    @Override
    List<Graph> spaces() {
        return List.of(
                TWO,
                Graph.of(Discrete.of(3), null),
                Graph.of(Discrete.of(2, 5), Discrete.of(3, -1)),
                Graph.of(Box.of(-1, 1, 2), Discrete.of(3)),
                Graph.of(ArrayBox.uint8(0, 200, 3), Box.of(0, Float.POSITIVE_INFINITY, 2, 2)),
                Graph.of(ArrayBox.of(DType.INT16, Double.NEGATIVE_INFINITY, 5), null));
    }

    @Test
    void saysWhatIsWrongWithAGraph() {
        int[] links = {0, 1, 1, 0};
        assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, new int[] {1, 0}, links)))
                .isNull();
        assertThat(TWO.violation(GraphInstance.of(new int[] {0, 1}))).isNull();
        assertThat(TWO.violation(GraphInstance.of(new int[] {1, 2}))).isEqualTo("node 1: value 2 is above the bound 1");
        assertThat(TWO.violation(GraphInstance.of("abc")))
                .isEqualTo("the nodes are abc, but they must be one array with values of Discrete(2)");
        assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, new int[] {3, 0}, links)))
                .isEqualTo("edge 0: value 3 is above the bound 1");
        assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, null, links)))
                .isEqualTo("edges and edgeLinks must both be there, or neither");
        assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, new int[] {1, 0}, null)))
                .isEqualTo("edges and edgeLinks must both be there, or neither");
        assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, new int[] {1}, links)))
                .isEqualTo("edgeLinks has 4 elements, but there are two for each of 1 edges");
        for (int wrong : new int[] {10, -10}) {
            assertThat(TWO.violation(new GraphInstance(new int[] {0, 1}, new int[] {1, 0}, new int[] {0, 1, wrong, 0})))
                    .isEqualTo("edge 1: there is no node " + wrong + " among 2");
        }
        assertThat(Graph.of(Discrete.of(2), null).violation(new GraphInstance(new int[2], new int[2], links)))
                .isEqualTo("there are edges, but the space has none");
        assertThat(Graph.of(Box.of(0, 1, 2), null).violation(GraphInstance.of(new float[3])))
                .contains("one array with values of Box(0.0, 1.0, (2,))");
    }

    @Test
    void samplesTheNodesAndEdgesOfTheMask() {
        Mask one = Mask.of(0, 1);
        GraphInstance graph = TWO.sampler(0).sample(Mask.graph(5, Mask.each(one, one, one, one, one), Mask.of(1, 0)));
        assertThat(graph.nodes()).isEqualTo(new int[] {1, 1, 1, 1, 1});
        assertThat((int[]) graph.edges()).containsOnly(0).hasSizeLessThan(20);
        graph = TWO.sampler(0).sample(Mask.graph(3, 2, Mask.none(), Mask.each(Mask.of(1, 0), Mask.of(0, 1))));
        assertThat(graph.edges()).isEqualTo(new int[] {0, 1});
        assertThat(graph.edgeLinks()).hasSize(4);
        assertThat((int[]) graph.nodes()).hasSize(3);
    }

    @Test
    void hasNoEdgesWithOneNodeOrWithoutASpaceForThem() {
        assertThat(TWO.sampler(0)
                        .sample(Mask.graph(1, Mask.none(), Mask.none()))
                        .edges())
                .isNull();
        assertThat(TWO.sampler(0)
                        .sample(Mask.graph(3, 0, Mask.none(), Mask.none()))
                        .edgeLinks())
                .isNull();
        Graph space = Graph.of(Discrete.of(3), null);
        assertThat(space.sampler(0).sample(Mask.graph(3, 5, Mask.none(), Mask.none())))
                .satisfies(graph -> {
                    assertThat(graph.edges()).isNull();
                    assertThat(graph.edgeLinks()).isNull();
                });
        assertThat(space.edgeSpace()).isNull();
        assertThat(space.nodeSpace()).isEqualTo(Discrete.of(3));
    }

    @Test
    void refusesMasksAndSeedsThatDoNotFit() {
        refuses(() -> Mask.graph(0, Mask.none(), Mask.none()), "nodes is 0");
        refuses(() -> Mask.graph(2, -1, Mask.none(), Mask.none()), "edges is -1");
        refuses(() -> Mask.graph(2, Mask.of(1), Mask.probability(1)), "never both");
        refuses(() -> TWO.sampler(0).sample(Mask.graph(2, Mask.each(Mask.of(1, 0)), Mask.none())), "has 1 parts");
        refuses(() -> TWO.sampler(0).sample(Mask.of(1, 0)), "Mask.graph");
        Graph boxes = Graph.of(Box.of(0, 1), null);
        refuses(() -> boxes.sampler(0).sample(Mask.graph(1, Mask.of(1), Mask.none())), "takes none");
        refuses(() -> SpaceSampler.of(TWO, SeedTree.each(1, 2)), "There are 2 seeds", "needs 3");
    }

    @Test
    void readsAndWritesGraphs() {
        GraphInstance graph = new GraphInstance(new int[] {0, 1}, new int[] {1}, new int[] {1, 0});
        assertThat(Json.write(TWO.toJsonable(graph)))
                .isEqualTo("{\"nodes\":[0,1],\"edges\":[1],\"edge_links\":[[1,0]]}");
        assertThat(TWO.fromJsonable(TWO.toJsonable(graph))).isEqualTo(graph).hasSameHashCodeAs(graph);
        assertThat(graph).hasToString("GraphInstance(nodes=[0, 1], edges=[1], edgeLinks=[1, 0])");
        refuses(
                () -> Graph.of(Discrete.of(2), null).fromJsonable(TWO.toJsonable(graph)),
                "The graph has edges",
                "Leave them out");
        refuses(() -> TWO.fromJsonable(Map.of("nodes", 3L)), "nodes is 3");
        refuses(() -> TWO.toJsonable(GraphInstance.of(new int[] {7})), "value 7 is above");
    }

    @Test
    void refusesSpacesThatAreNeitherBoxesNorDiscrete() {
        refuses(() -> Graph.of(MultiBinary.of(2), null), "node_space is MultiBinary(2)", "a box or discrete");
        refuses(() -> Graph.of(Discrete.of(2), Text.of(2)), "edge_space is Text");
        assertThat(Graph.of(Discrete.of(2), null)).hasToString("Graph(Discrete(2), None)");
    }
}
